import { nearest } from '../domain/nearest.ts';
import { fail, succeed, type Result } from '../domain/problem.ts';
import type { Colour } from './colour.ts';
import { parseTheme, type ThemeFile } from './parse-theme.ts';
import { FALLBACK, TOKENS, type Token } from './tokens.ts';
import type { Style, Theme } from './theme.ts';

/** Theme name (file name without `.json`) → text of the file. A person's own folder hides a shipped one of that name. */
export type ThemeTexts = ReadonlyMap<string, string>;

function unknownTheme(name: string, texts: ThemeTexts, child: string | undefined): Result<never> {
  const names = [...texts.keys()];
  const near = nearest(name, names);
  const which =
    child === undefined ? `There is no theme ${name}.` : `Theme ${child}: its parent ${name} does not exist.`;
  return fail({
    kind: 'settings',
    message: near === undefined ? which : `${which} Did you mean ${near}?`,
    hint: `Themes: ${names.join(', ')}. See: iam-triage themes`,
  });
}

/** The file and its parents, child first. */
function lineage(name: string, texts: ThemeTexts): Result<readonly ThemeFile[]> {
  const files: ThemeFile[] = [];
  const seen: string[] = [];
  for (let next: string | undefined = name; next !== undefined;) {
    if (seen.includes(next)) {
      const circle = [...seen.slice(seen.indexOf(next)), next].join(' → ');
      return fail({
        kind: 'settings',
        message: `Theme ${name}: its parents go in a circle (${circle}).`,
        hint: 'Remove "parent" from one of them.',
      });
    }
    const text = texts.get(next);
    if (text === undefined) return unknownTheme(next, texts, seen.at(-1));
    const file = parseTheme(next, text);
    if (!file.ok) return file;
    seen.push(next);
    files.push(file.value);
    next = file.value.parent;
  }
  return succeed(files);
}

function styleOf(token: Token, own: ReadonlyMap<Token, Style>): Style {
  let at: Token = token;
  for (;;) {
    const style = own.get(at);
    if (style !== undefined) return style;
    if (at === 'text') return {};
    at = FALLBACK[at];
  }
}

function merged(files: readonly ThemeFile[]): ReadonlyMap<Token, Style> {
  const own = new Map<Token, Style>();
  for (const file of files.toReversed()) {
    for (const token of TOKENS) {
      const style = file.tokens[token];
      if (style !== undefined) own.set(token, style);
    }
  }
  return own;
}

/** A theme by name, with its parents merged (the child wins) and every token decided. */
export function loadTheme(name: string, texts: ThemeTexts): Result<Theme> {
  const files = lineage(name, texts);
  if (!files.ok) return files;
  const own = merged(files.value);
  const background: Colour | undefined = files.value.find(
    (file) => file.background !== undefined,
  )?.background;
  const tokens = Object.fromEntries(TOKENS.map((token) => [token, styleOf(token, own)])) as Record<
    Token,
    Style
  >;
  return succeed({
    name,
    title: files.value[0]?.title ?? name,
    tokens,
    // "default" takes a parent's background away again.
    ...(background === undefined || background === 'default' ? {} : { background }),
  });
}

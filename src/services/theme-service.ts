import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { nearest } from '../domain/nearest.ts';
import type { Problem } from '../domain/problem.ts';
import { cleanText } from '../domain/text.ts';
import { loadTheme, type ThemeTexts } from '../theme/load-theme.ts';

/** The shipped themes stand beside dist/ in the package, and beside src/ in a checkout. */
const SHIPPED = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../themes/' : '../themes/', import.meta.url),
);

export interface ThemeInfo {
  readonly name: string;
  readonly source: 'shipped' | 'yours';
  readonly description: string;
}

export interface ThemeCollection {
  readonly texts: ThemeTexts;
  readonly themes: readonly ThemeInfo[];
  /** Files that could not be read, and themes that are wrong. */
  readonly problems: readonly Problem[];
}

/**
 * The shipped themes and those of a person's folder, which hide shipped ones of the same name. `chosen`: the one of the
 * settings, which must be among them.
 */
export function listThemes(folder: string, chosen: string): ThemeCollection {
  const problems: Problem[] = [];
  const shipped = readFolder(SHIPPED, problems);
  const yours = readFolder(folder, problems);
  const texts = new Map([...shipped, ...yours]);
  const themes: ThemeInfo[] = [];
  for (const name of [...texts.keys()].sort()) {
    const theme = loadTheme(name, texts);
    if (!theme.ok) problems.push(theme.problem);
    else themes.push({ name, source: yours.has(name) ? 'yours' : 'shipped', description: theme.value.title });
  }
  if (!texts.has(chosen)) problems.push(noSuchTheme(chosen, texts));
  return { texts, themes, problems };
}

/** For a theme that is named and not there. */
export function noSuchTheme(name: string, texts: ThemeTexts): Problem {
  const near = nearest(name, [...texts.keys()]);
  return {
    kind: 'usage',
    message: `There is no theme "${cleanText(name)}"${near === undefined ? '.' : `; did you mean "${near}"?`}`,
    hint: 'See `iam-triage themes`.',
  };
}

function readFolder(folder: string, problems: Problem[]): Map<string, string> {
  const texts = new Map<string, string>();
  let files: string[];
  try {
    files = readdirSync(folder);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Most people have no themes of their own.
    if (code !== 'ENOENT')
      problems.push({ kind: 'file', message: `The themes in ${folder} could not be read (${message}).` });
    return texts;
  }
  for (const file of files) {
    if (!file.endsWith('.json') || file === 'schema.json') continue;
    try {
      texts.set(file.slice(0, -'.json'.length), readFileSync(join(folder, file), 'utf8'));
    } catch (error) {
      problems.push({
        kind: 'file',
        message: `Theme ${file} could not be read (${(error as Error).message}).`,
      });
    }
  }
  return texts;
}

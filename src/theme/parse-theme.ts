import { fail, succeed, type Problem, type Result } from '../domain/problem.ts';
import { isColour, type Colour } from './colour.ts';
import { isToken, TOKENS, type Token } from './tokens.ts';
import type { Style } from './theme.ts';

/** One file as it was written: its parent not looked up yet. */
export interface ThemeFile {
  readonly title: string;
  readonly parent?: string;
  readonly background?: Colour;
  readonly tokens: Readonly<Partial<Record<Token, Style>>>;
}

const FIELDS = ['$schema', 'title', 'parent', 'background', 'tokens'];
const FLAGS = ['bold', 'dim', 'italic', 'underline', 'inverse'] as const;

const problemOf = (name: string, what: string, hint: string): Problem => ({
  kind: 'settings',
  message: `Theme ${name}: ${what}.`,
  hint,
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const COLOUR_HINT =
  'Write a colour as "#rrggbb", as one of the terminal\'s sixteen (red, bright-black …) or as "default".';
const TOKEN_HINT = `Meanings are: ${TOKENS.join(' ')}.`;

/** Reads the fields of one theme file; the first thing that is wrong is named with its place. */
class Reader {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  colour(value: unknown, place: string): Result<Colour> {
    if (typeof value === 'string' && isColour(value)) return succeed(value);
    return fail(
      problemOf(this.name, `${place} is ${JSON.stringify(value)}, which is not a colour`, COLOUR_HINT),
    );
  }

  /** A style is a colour alone (`"red"`) or `{ fg, bg, bold … }`. */
  style(value: unknown, place: string): Result<Style> {
    if (typeof value === 'string') {
      const fg = this.colour(value, place);
      return fg.ok ? succeed({ fg: fg.value }) : fg;
    }
    if (!isRecord(value))
      return fail(problemOf(this.name, `${place} is not a colour or an object`, COLOUR_HINT));
    const style: Record<string, Colour | boolean> = {};
    for (const [field, given] of Object.entries(value)) {
      const read = this.styleField(field, given, `${place}.${field}`);
      if (!read.ok) return read;
      style[field] = read.value;
    }
    return succeed(style);
  }

  styleField(field: string, value: unknown, place: string): Result<Colour | boolean> {
    if (field === 'fg' || field === 'bg') return this.colour(value, place);
    const hint = `A style has fg, bg, ${FLAGS.join(', ')}.`;
    if (!(FLAGS as readonly string[]).includes(field)) {
      return fail(problemOf(this.name, `${place} is unknown`, hint));
    }
    if (typeof value === 'boolean') return succeed(value);
    return fail(problemOf(this.name, `${place} must be true or false`, hint));
  }

  tokens(value: unknown): Result<Partial<Record<Token, Style>>> {
    const tokens: Partial<Record<Token, Style>> = {};
    if (value === undefined) return succeed(tokens);
    if (!isRecord(value)) return fail(problemOf(this.name, 'tokens is not an object', TOKEN_HINT));
    for (const [token, given] of Object.entries(value)) {
      if (!isToken(token)) return fail(problemOf(this.name, `tokens.${token} is unknown`, TOKEN_HINT));
      const style = this.style(given, `tokens.${token}`);
      if (!style.ok) return style;
      tokens[token] = style.value;
    }
    return succeed(tokens);
  }
}

function parseJson(name: string, text: string): Result<Record<string, unknown>> {
  const hint = 'themes/schema.json describes the format.';
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return succeed(value);
    return fail(problemOf(name, 'the file does not hold a JSON object', hint));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail(problemOf(name, `the file is not JSON (${why.replace(/[\n.]+/g, ' ').trim()})`, hint));
  }
}

const textField = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Checks one theme file. `name` is its file name without `.json`. */
export function parseTheme(name: string, text: string): Result<ThemeFile> {
  const json = parseJson(name, text);
  if (!json.ok) return json;
  const unknown = Object.keys(json.value).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) {
    return fail(
      problemOf(name, `${unknown} is unknown`, 'A theme has title, parent, background and tokens.'),
    );
  }
  const { title, parent, background, tokens } = json.value;
  for (const [field, value] of Object.entries({ title, parent })) {
    if (value !== undefined && typeof value !== 'string') {
      return fail(
        problemOf(name, `${field} must be a text`, 'A theme has title, parent, background and tokens.'),
      );
    }
  }
  const reader = new Reader(name);
  const styles = reader.tokens(tokens);
  if (!styles.ok) return styles;
  const ground = background === undefined ? undefined : reader.colour(background, 'background');
  if (ground !== undefined && !ground.ok) return ground;
  const from = textField(parent);
  return succeed({
    title: textField(title) ?? name,
    tokens: styles.value,
    ...(from === undefined ? {} : { parent: from }),
    ...(ground === undefined ? {} : { background: ground.value }),
  });
}

import { isHex, TERMINAL_COLOURS, to256, toRgb, type Colour } from './colour.ts';
import { TOKENS, type Token } from './tokens.ts';
import type { Style, Theme } from './theme.ts';

/** How many colours the terminal can show; `none` keeps bold, dim, underline and inverse only. */
export type ColourDepth = 'none' | '16' | '256' | 'truecolor';

/** The escape sequences of a theme at one colour depth: what goes before and after a text of each meaning. */
export interface Palette {
  readonly name: string;
  readonly open: Readonly<Record<Token, string>>;
  readonly close: Readonly<Record<Token, string>>;
  /** Meanings whose blanks look like any other blank: no ground, underline or inverse of their own. */
  readonly flat: ReadonlySet<Token>;
  /** Whether rows must be filled to their end, because the theme has a background of its own. */
  readonly fills: boolean;
}

const ESC = '\u001b[';

/** As the environment and the options say; https://no-color.org asks for any non-empty NO_COLOR. */
export function colourDepth(
  env: Readonly<Record<string, string | undefined>>,
  noColor: boolean,
): ColourDepth {
  const term = env['TERM'] ?? '';
  if (noColor || (env['NO_COLOR'] ?? '') !== '' || term === 'dumb') return 'none';
  if (/^(truecolor|24bit)$/i.test(env['COLORTERM'] ?? '') || /-direct$/.test(term)) return 'truecolor';
  return /256/.test(term) ? '256' : '16';
}

function colourCode(colour: Colour, depth: ColourDepth, base: 30 | 40): string {
  if (colour === 'default' || depth === 'none') return '';
  if (isHex(colour)) {
    const rgb = toRgb(colour);
    if (depth === 'truecolor') return `${ESC}${base + 8};2;${rgb.red};${rgb.green};${rgb.blue}m`;
    return `${ESC}${base + 8};5;${to256(rgb)}m`;
  }
  const index = TERMINAL_COLOURS.indexOf(colour);
  return `${ESC}${index < 8 ? base + index : base + 60 + index - 8}m`;
}

function codes(
  style: Style,
  background: Colour | undefined,
  depth: ColourDepth,
): { open: string; close: string } {
  const fg = style.fg === undefined ? '' : colourCode(style.fg, depth, 30);
  const bg = colourCode(style.bg ?? background ?? 'default', depth, 40);
  const flags: readonly (readonly [boolean | undefined, string, string])[] = [
    [style.bold, '1', '22'],
    [style.dim, '2', '22'],
    [style.italic, '3', '23'],
    [style.underline, '4', '24'],
    [style.inverse, '7', '27'],
  ];
  const on = flags.filter(([isOn]) => isOn === true);
  return {
    open: bg + fg + on.map(([, open]) => `${ESC}${open}m`).join(''),
    close:
      on.map(([, , close]) => `${ESC}${close}m`).join('') +
      (fg === '' ? '' : `${ESC}39m`) +
      (bg === '' ? '' : `${ESC}49m`),
  };
}

const usesHex = (style: Style): boolean =>
  [style.fg, style.bg].some((colour) => colour !== undefined && isHex(colour));

const isFlat = ({ bg, underline, inverse }: Style): boolean =>
  bg === undefined && underline !== true && inverse !== true;

/**
 * A theme as escape sequences. With sixteen colours a theme made of others is drawn in `plain` (the default theme, made
 * of the sixteen): the nearest of an unknown palette could be unreadable.
 */
export function resolveTheme(theme: Theme, plain: Theme, depth: ColourDepth): Palette {
  const drawn = depth === '16' && Object.values(theme.tokens).some(usesHex) ? plain : theme;
  const background = depth === 'none' ? undefined : drawn.background;
  const pairs = TOKENS.map((token) => [token, codes(drawn.tokens[token], background, depth)] as const);
  return {
    name: theme.name,
    open: Object.fromEntries(pairs.map(([token, { open }]) => [token, open])) as Record<Token, string>,
    close: Object.fromEntries(pairs.map(([token, { close }]) => [token, close])) as Record<Token, string>,
    flat: new Set(TOKENS.filter((token) => isFlat(drawn.tokens[token]))),
    fills: background !== undefined,
  };
}

/** The sixteen colours that every terminal has under its own palette, in SGR order. */
export const TERMINAL_COLOURS = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
  'bright-black',
  'bright-red',
  'bright-green',
  'bright-yellow',
  'bright-blue',
  'bright-magenta',
  'bright-cyan',
  'bright-white',
] as const;
export type TerminalColour = (typeof TERMINAL_COLOURS)[number];

/** `#rrggbb`, one of the sixteen, or `default`: the terminal's own foreground or background. */
export type Colour = `#${string}` | TerminalColour | 'default';

export interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

const HEX = /^#[0-9a-f]{6}$/i;

export const isTerminalColour = (word: string): word is TerminalColour =>
  (TERMINAL_COLOURS as readonly string[]).includes(word);

export const isHex = (colour: string): colour is `#${string}` => HEX.test(colour);

export const isColour = (word: string): word is Colour =>
  word === 'default' || isTerminalColour(word) || isHex(word);

export function toRgb(hex: `#${string}`): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return { red: value >> 16, green: (value >> 8) & 0xff, blue: value & 0xff };
}

/** Levels of the 6×6×6 cube of the 256-colour palette. */
const CUBE = [0, 95, 135, 175, 215, 255] as const;

const nearestLevel = (value: number): number => {
  let best = 0;
  for (const [index, level] of CUBE.entries()) {
    if (Math.abs(level - value) < Math.abs((CUBE[best] ?? 0) - value)) best = index;
  }
  return best;
};

const distance = (a: Rgb, b: Rgb): number =>
  (a.red - b.red) ** 2 + (a.green - b.green) ** 2 + (a.blue - b.blue) ** 2;

/** Index in the 256-colour palette (cube or grey ramp) nearest to a colour. */
export function to256(colour: Rgb): number {
  const [red, green, blue] = [
    nearestLevel(colour.red),
    nearestLevel(colour.green),
    nearestLevel(colour.blue),
  ];
  const cube: Rgb = { red: CUBE[red] ?? 0, green: CUBE[green] ?? 0, blue: CUBE[blue] ?? 0 };
  const step = Math.max(
    0,
    Math.min(23, Math.round(((colour.red + colour.green + colour.blue) / 3 - 8) / 10)),
  );
  const level = 8 + 10 * step;
  const grey: Rgb = { red: level, green: level, blue: level };
  return distance(grey, colour) < distance(cube, colour) ? 232 + step : 16 + 36 * red + 6 * green + blue;
}

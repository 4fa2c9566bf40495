import type { Colour } from './colour.ts';
import type { Token } from './tokens.ts';

/** How a meaning looks. What is absent stays as the terminal has it. */
export interface Style {
  readonly fg?: Colour;
  readonly bg?: Colour;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly inverse?: boolean;
}

/** A theme with nothing left to look up: parents merged, fallbacks followed. */
export interface Theme {
  readonly name: string;
  /** One line for the list of themes. */
  readonly title: string;
  /** Painted behind everything; absent: the terminal's own background shows. */
  readonly background?: Colour;
  readonly tokens: Readonly<Record<Token, Style>>;
}

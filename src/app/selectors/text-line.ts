import type { Token } from '../../theme/tokens.ts';

/** A line of text for the screen: clean, and without a colour of its own; the theme knows what a tone looks like. */
export interface TextLine {
  readonly text: string;
  /** Stands to the left, in a column of its own. */
  readonly label?: string;
  readonly tone?: Token;
}

/** A part of the detail under a heading of its own. */
export interface DetailSection {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly TextLine[];
}

import { cellWidth, truncateEnd } from '../domain/text.ts';
import type { Token } from '../theme/tokens.ts';

/** A piece of a line with one meaning. Its text is clean: safe to write to a terminal. */
export interface Span {
  readonly text: string;
  readonly token: Token;
  /** Where it leads, for terminals that know OSC 8. */
  readonly href?: string;
}

/** One line of the screen, from left to right. */
export type Line = readonly Span[];

export const EMPTY_LINE: Line = [];

export const span = (text: string, token: Token = 'text'): Span => ({ text, token });

export const link = (text: string, href: string): Span => ({ text, token: 'link', href });

export const blank = (cells: number): Span => span(' '.repeat(Math.max(0, cells)));

export const lineWidth = (line: Line): number =>
  line.reduce((width, part) => width + cellWidth(part.text), 0);

export const lineText = (line: Line): string => line.map((part) => part.text).join('');

/** At most `cells` wide; the span that does not fit any more ends in an ellipsis. */
export function cutLine(line: Line, cells: number): Line {
  if (lineWidth(line) <= cells) return line;
  const kept: Span[] = [];
  let room = cells;
  for (const part of line) {
    const width = cellWidth(part.text);
    if (width >= room) {
      // One cell stays for the ellipsis where more was to come.
      kept.push({ ...part, text: truncateEnd(width === room ? `${part.text} ` : part.text, room) });
      break;
    }
    kept.push(part);
    room -= width;
  }
  return kept;
}

/** Exactly `cells` wide. */
export function fitLine(line: Line, cells: number): Line {
  const cut = cutLine(line, cells);
  const rest = cells - lineWidth(cut);
  return rest > 0 ? [...cut, blank(rest)] : cut;
}

/** Left part and right part of a line; the left one gives way. */
export function bothSides(left: Line, right: Line, cells: number): Line {
  const end = cutLine(right, cells);
  const room = cells - lineWidth(end);
  return [
    ...fitLine(left, Math.max(0, end.length === 0 ? room : room - 1)),
    ...(room > 0 && end.length > 0 ? [blank(1)] : []),
    ...end,
  ];
}

/** Lines joined by a separator, without those that are empty. */
export function joinLines(lines: readonly Line[], separator: Line): Line {
  return lines
    .filter((line) => line.length > 0)
    .flatMap((line, index) => (index === 0 ? line : [...separator, ...line]));
}

import type { Viewport } from '../../app/state.ts';
import { formatNumber } from '../../domain/format-count.ts';
import { FRAME_CELLS } from '../frame.ts';
import type { VisiblePart } from '../visible-part.ts';
import { blank, EMPTY_LINE, fitLine, joinLines, span, type Line } from '../line.ts';

/** A dialog as lines, before it has a border and a place. */
export interface DialogBox {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly foot: Line;
  /** With its border. */
  readonly width: number;
}

const MARGIN = 2;

/** As wide as wished, but never without a margin on both sides. */
export const boxWidth = ({ columns }: Viewport, wished: number): number =>
  Math.min(wished, columns - 2 * MARGIN);

/** Cells for text in a dialog of this width. */
export const innerWidth = (width: number): number => width - FRAME_CELLS;

/** Pairs of a key and what it does. */
export type Keys = readonly (readonly [key: string, does: string])[];

/** Keys of a dialog, for its lower border. */
export const formatKeys = (keys: Keys): Line =>
  joinLines(
    keys.map(([key, does]): Line => [span(key, 'key'), span(` ${does}`, 'muted')]),
    [span('  ')],
  );

/** One line of a list to choose from: the chosen one has a sign as well as a look of its own. */
export function formatChoice(parts: Line, isChosen: boolean, width: number): Line {
  const line = fitLine([isChosen ? span('› ', 'accent') : blank(2), ...parts], width);
  return isChosen ? line.map((part) => ({ ...part, token: 'selection' as const })) : line;
}

const isWhole = ({ from, to }: VisiblePart, count: number): boolean => from === 0 && to >= count;

/** The keys that scroll, where there is something to scroll: others would promise what is not there. */
export const scrollKeys = (part: VisiblePart, count: number): Keys =>
  isWhole(part, count) ? [] : [['↑↓', 'scroll']];

/** Whether there is more above or below what is shown. */
export function formatMore(part: VisiblePart, count: number): Line {
  if (isWhole(part, count)) return EMPTY_LINE;
  const { from, to } = part;
  const arrows = `${from === 0 ? '' : '↑'}${to >= count ? '' : '↓'}`;
  return [span(`${arrows} ${formatNumber(from + 1)}–${formatNumber(to)} of ${formatNumber(count)}`, 'muted')];
}

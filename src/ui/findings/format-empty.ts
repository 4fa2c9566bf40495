import { selectEmptyReason } from '../../app/selectors/summary.ts';
import type { AppState } from '../../app/state.ts';
import { wrapText } from '../../app/wrap.ts';
import { blank, EMPTY_LINE, span, type Line } from '../line.ts';

const MARGIN = 3;

/** Why there is nothing in the list, in its place; undefined: there is something, or nobody knows yet. */
export function formatEmpty(state: AppState, width: number, rows: number): readonly Line[] | undefined {
  const reason = selectEmptyReason(state);
  if (reason === undefined) return undefined;
  const cells = Math.max(20, width - 2 * MARGIN);
  const title = wrapText(reason.title, cells).map((text): Line => [blank(MARGIN), span(text, 'heading')]);
  const lines = reason.lines
    .flatMap((line) => wrapText(line, cells))
    .map((text): Line => [blank(MARGIN), span(text, 'muted')]);
  const whole = [EMPTY_LINE, ...title, EMPTY_LINE, ...lines];
  return Array.from({ length: rows }, (_, row) => whole[row] ?? EMPTY_LINE);
}

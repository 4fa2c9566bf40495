import { bodyRows, detailColumns, isDetailBeside, listRows } from '../../app/layout.ts';
import { selectDetailLines } from '../../app/selectors/detail-lines.ts';
import type { AppState } from '../../app/state.ts';
import { blank, bothSides, type Line } from '../line.ts';
import { formatMore } from '../dialogs/dialog-box.ts';
import { formatTextLine } from '../text-line.ts';
import { partFrom } from '../visible-part.ts';

interface DetailPart {
  readonly lines: readonly Line[];
  /** "↓ 1–20 of 63"; empty when all of it is seen. */
  readonly more: Line;
}

function detailPart(state: AppState, rows: number): DetailPart {
  const width = detailColumns(state.viewport, state.detail.open || !isDetailBeside(state.viewport));
  const lines = selectDetailLines(state, width);
  const part = partFrom(lines.length, state.detail.scroll, rows);
  return {
    lines: lines.slice(part.from, part.to).map((line) => formatTextLine(line, width)),
    more: formatMore(part, lines.length),
  };
}

/** The detail beside the list: at the height of the column heads it says how much there is. */
export function formatDetailBeside(state: AppState): readonly Line[] {
  const { lines, more } = detailPart(state, listRows(state.viewport));
  return [more, ...lines];
}

/** The detail alone, with a margin; on its first line, how much there is. */
export function formatDetailScreen(state: AppState): readonly Line[] {
  const { lines, more } = detailPart(state, bodyRows(state.viewport));
  const width = state.viewport.columns - 2;
  return lines.map((line, row): Line => [blank(1), ...(row === 0 ? bothSides(line, more, width) : line)]);
}

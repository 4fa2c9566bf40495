import { useMemo, type ReactElement } from 'react';
import { listRows } from '../../app/layout.ts';
import { isMarked } from '../../app/selectors/marks.ts';
import type { AppState } from '../../app/state.ts';
import type { ExposureRow } from '../../domain/listing.ts';
import { EMPTY_LINE } from '../line.ts';
import { paintLine, type Look } from '../paint.ts';
import { PaintedRows, Rows } from '../rows.tsx';
import { formatEmpty } from './format-empty.ts';
import { formatRow, formatUnloadedRow, type RowPlace } from './format-row.ts';
import { placeListColumns, type PlacedColumn } from './place-columns.ts';

/** What a row is painted from, besides the row. */
interface Painting extends RowPlace {
  readonly columns: readonly PlacedColumn[];
  readonly look: Look;
  readonly width: number;
}

/** As they were painted last: a cursor move paints two rows anew, the one it leaves and the one it comes to. */
const lastPainted = new WeakMap<ExposureRow, { readonly from: Painting; readonly line: string }>();

function paintRow(row: ExposureRow, painting: Painting): string {
  const last = lastPainted.get(row);
  if (last !== undefined && isSamePainting(last.from, painting)) return last.line;
  const { columns, look, width } = painting;
  const line = paintLine(formatRow(row, columns, painting), look, width);
  lastPainted.set(row, { from: painting, line });
  return line;
}

const isSamePainting = (one: Painting, other: Painting): boolean =>
  one.isCursor === other.isCursor &&
  one.isMarked === other.isMarked &&
  one.now === other.now &&
  one.columns === other.columns &&
  one.look === other.look &&
  one.width === other.width &&
  one.accountNames === other.accountNames;

export interface ListProps {
  readonly state: AppState;
  readonly look: Look;
  readonly width: number;
}

/** The rows that the viewport shows: windowed before React sees them, one line each. */
export function List({ state, look, width }: ListProps): ReactElement {
  const { list, now, mode } = state;
  const { accountNames } = mode;
  const columns = useMemo(
    () => placeListColumns(width, list.columns, list.filter),
    [width, list.columns, list.filter],
  );
  const rows = listRows(state.viewport);
  const empty = formatEmpty(state, width, rows);
  if (empty !== undefined) return <Rows lines={empty} look={look} width={width} />;
  const total = list.counts?.exposures ?? list.offset + list.rows.length;
  const shown = Math.max(0, Math.min(rows, total - list.top));
  const lines = Array.from({ length: rows }, (_, line) => {
    if (line >= shown) return paintLine(EMPTY_LINE, look, width);
    const index = list.top + line;
    const row = list.rows[index - list.offset];
    const isCursor = index === list.cursor;
    if (row === undefined) return paintLine(formatUnloadedRow(isCursor), look, width);
    const marked = isMarked(state, row, index);
    return paintRow(row, { isCursor, isMarked: marked, now, accountNames, columns, look, width });
  });
  return <PaintedRows lines={lines} width={width} />;
}

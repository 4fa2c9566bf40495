import { listRows } from '../../app/layout.ts';
import { isMarked } from '../../app/selectors/marks.ts';
import { COLUMNS, type ColumnId } from '../../app/columns.ts';
import type { AppState } from '../../app/state.ts';
import type { Expr } from '../../domain/filter/ast.ts';
import { blank, EMPTY_LINE, span, type Line } from '../line.ts';
import { formatHeads, formatRow } from './format-row.ts';
import { GUTTER, placeColumns, type PlacedColumn } from './place-columns.ts';

const isColumn = (id: string): id is ColumnId => COLUMNS.some((column) => column.id === id);

/** Whether every row that the filter shows has the same status, so that a column for it would say nothing. */
function fixesStatus(filter: Expr): boolean {
  if (filter.kind === 'and') return filter.items.some(fixesStatus);
  return filter.kind === 'match' && filter.key === 'status' && filter.values.length === 1;
}

export function listColumnsOf({ list }: AppState, width: number): readonly PlacedColumn[] {
  return placeColumns(width, list.columns?.filter(isColumn), !fixesStatus(list.filter));
}

/** The rows that the viewport shows, one line each; what is being loaded stands as a dot, never as nothing. */
export function formatListRows(state: AppState, width: number): readonly Line[] {
  const { list, now } = state;
  const columns = listColumnsOf(state, width);
  const total = list.counts?.exposures ?? list.offset + list.rows.length;
  return Array.from({ length: listRows(state.viewport) }, (_, line) => {
    const index = list.top + line;
    const row = list.rows[index - list.offset];
    const isCursor = index === list.cursor;
    if (row !== undefined) {
      return formatRow(row, columns, { isCursor, isMarked: isMarked(state, row, index), now });
    }
    if (index >= total) return EMPTY_LINE;
    return [span(isCursor ? '▌' : ' ', 'accent'), blank(GUTTER - 1), span('·', 'muted')];
  });
}

export const formatListHeads = (state: AppState, width: number): Line =>
  formatHeads(listColumnsOf(state, width));

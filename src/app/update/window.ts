import { type RowRange, windowAround } from '../../domain/list-place.ts';
import type { Effect } from '../effect.ts';
import { listRows } from '../layout.ts';
import { selectQuery } from '../selectors/query.ts';
import type { AppState, ListState } from '../state.ts';

/** Which rows are on the screen, which are loaded, and when more are asked for. */

export const totalRows = (list: ListState): number =>
  list.counts?.exposures ?? list.offset + list.rows.length;

export const clamp = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(value, high));

/** A first row so that the cursor is visible and no line below the last row stays empty. */
export function clampTop(top: number, cursor: number, page: number, total: number): number {
  const withCursor = clamp(top, cursor - page + 1, cursor);
  return clamp(withCursor, 0, Math.max(0, total - page));
}

export const rowAt = (list: ListState, index: number) => list.rows[index - list.offset];

const covers = (range: RowRange, from: number, to: number): boolean =>
  range.offset <= from && range.offset + range.limit >= to;

/** The window to ask for when the screen comes within half a page of the end of what is loaded. */
export function wantedWindow(state: AppState): Effect | undefined {
  const { list } = state;
  const total = totalRows(list);
  if (list.outdated || total === 0) return undefined;
  const page = listRows(state.viewport);
  const margin = Math.floor(page / 2);
  const from = Math.max(0, list.top - margin);
  const to = Math.min(total, list.top + page + margin);
  if (covers({ offset: list.offset, limit: list.rows.length }, from, to)) return undefined;
  if (list.asked !== undefined && covers(list.asked, from, to)) return undefined;
  const range = windowAround(list.top, page);
  return { kind: 'load-window', version: list.version, query: selectQuery(state), ...range };
}

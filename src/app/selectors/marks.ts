import type { ExposureId } from '../../domain/exposure.ts';
import type { ExposureRow } from '../../domain/listing.ts';
import type { RowRange } from '../../domain/list-place.ts';
import type { AppState } from '../state.ts';

/** What is marked, what an open range adds to it, and what a command would act on. */

/** Rows between anchor and cursor while a range is open. */
export function selectRange({ marks, list }: AppState): RowRange | undefined {
  if (marks.anchor === undefined) return undefined;
  const offset = Math.min(marks.anchor, list.cursor);
  return { offset, limit: Math.abs(marks.anchor - list.cursor) + 1 };
}

/** Rows of the open range, if all of them are loaded. */
export function selectRangeRows(state: AppState): readonly ExposureRow[] | undefined {
  const range = selectRange(state);
  if (range === undefined) return undefined;
  const from = range.offset - state.list.offset;
  const rows = from < 0 ? [] : state.list.rows.slice(from, from + range.limit);
  return rows.length === range.limit ? rows : undefined;
}

export function isMarked(state: AppState, row: ExposureRow, index: number): boolean {
  if (state.marks.ids.has(row.exposureId)) return true;
  const range = selectRange(state);
  return range !== undefined && index >= range.offset && index < range.offset + range.limit;
}

/** What a command acts on: the marks, or else the row under the cursor. In an open detail: what it shows. */
export interface Target {
  readonly ids: readonly ExposureId[];
  readonly of: 'marks' | 'cursor';
  /** Marked ones that the filter hides: left alone. */
  readonly hidden: number;
}

/** Whether marks are what a command acts on: an open detail covers them, and nothing unseen is acted on. */
export const actsOnMarks = ({ marks, detail, panel }: AppState): boolean =>
  marks.ids.size > 0 && !detail.open && panel === undefined;

/** Whether a range is open that a command has to close first. */
export const hasOpenRange = ({ marks, detail, panel }: AppState): boolean =>
  marks.anchor !== undefined && !detail.open && panel === undefined;

export function selectTarget(state: AppState): Target | undefined {
  const { marks, list, panel } = state;
  if (actsOnMarks(state)) return { ids: [...marks.ids], of: 'marks', hidden: marks.hidden.size };
  const id = panel?.exposureId ?? list.cursorId;
  return id === undefined ? undefined : { ids: [id], of: 'cursor', hidden: 0 };
}

/** Why nothing may act on the rows: they answer an earlier question. */
export function selectOutdated({ list }: AppState): string | undefined {
  if (!list.outdated) return undefined;
  return list.problem === undefined ? 'The list is still loading.' : 'The list could not be read.';
}

/** Why a command on findings has nothing to act on; undefined: it has. */
export function selectNoTarget(state: AppState): string | undefined {
  const { screen, marks, list } = state;
  if (screen !== 'findings') return 'Works on the Findings screen: press 1.';
  const outdated = selectOutdated(state);
  if (outdated !== undefined) return outdated;
  if (hasOpenRange(state) && selectRangeRows(state) === undefined) return 'Close the range first: v.';
  if (actsOnMarks(state)) {
    return marks.hidden.size === marks.ids.size ? 'The filter hides everything that is marked.' : undefined;
  }
  if (list.cursorId !== undefined || state.panel !== undefined) return undefined;
  return list.counts?.exposures === 0 ? 'The list is empty.' : 'The row under the cursor is still loading.';
}

import { isUnused } from '../../domain/finding.ts';
import type { ExposureRow } from '../../domain/listing.ts';
import type { Effect } from '../effect.ts';
import { isDetailShown, listRows } from '../layout.ts';
import type { AnswerMessage } from '../message.ts';
import type { AppState, DetailState } from '../state.ts';
import type { Step } from './step.ts';
import { chain, stay, step } from './step.ts';
import { storeChanged } from './list.ts';
import { totalRows } from './window.ts';

/** The detail follows the cursor once the hand rests; what it lacks is fetched then. */

export const NO_DETAIL: DetailState = {
  open: false,
  exposureId: undefined,
  data: undefined,
  history: [],
  scroll: 0,
  pending: new Set(),
};

/** A held key passes rows faster than they can be read. */
const REST_MS = 100;
const WISH_MS = 150;

export const loadDetail = (exposureId: string, delayMs: number): Effect => ({
  kind: 'load-detail',
  exposureId,
  delayMs,
});

/** Without what is shown of another exposure than the one that it is to be about. */
export const withoutOther = (detail: DetailState): DetailState =>
  detail.data === undefined || detail.data.row.exposureId === detail.exposureId
    ? detail
    : { ...detail, data: undefined, history: [], scroll: 0 };

/**
 * Lets the detail follow the cursor while it is on the screen. Beside the list it shows what it showed, which names its
 * resource, until the other is there: a pane that is emptied and filled with each key flickers, and holds up the cursor.
 */
export function followCursor(state: AppState): Step {
  const id = state.list.cursorId;
  if (!isDetailShown(state)) return stay(state);
  if (id === undefined) return stay(leaveLastRow(state));
  const { open } = state.detail;
  const moved = id === state.detail.exposureId ? state.detail : { ...state.detail, exposureId: id };
  const detail = open ? withoutOther(moved) : moved;
  if (detail === state.detail) return stay(state);
  return step({ ...state, detail }, loadDetail(id, open ? 0 : REST_MS));
}

/** The list is empty: beside it there is nothing to be told. What is open stays to be read. */
function leaveLastRow(state: AppState): AppState {
  const { list, detail } = state;
  if (totalRows(list) > 0 || detail.open || detail.exposureId === undefined) return state;
  return { ...state, detail: withoutOther({ ...detail, exposureId: undefined }) };
}

export function detailLoaded(
  state: AppState,
  answer: Extract<AnswerMessage, { kind: 'detail-loaded' }>,
): Step {
  const { detail } = state;
  if (answer.exposureId !== detail.exposureId) return stay(state);
  const { data, history } = answer;
  return stay({ ...state, detail: { ...withoutOther(detail), data, history } });
}

/** Reads the shown detail again after the store changed. */
export function refreshDetail(state: AppState): Step {
  const id = state.detail.exposureId;
  return id !== undefined && isDetailShown(state) ? step(state, loadDetail(id, 0)) : stay(state);
}

/** Whether the row's text still lacks what only GetFindingV2 tells. */
const lacksDetail = (row: ExposureRow): boolean => {
  if (row.error !== undefined) return false;
  if (row.findingType === 'InternalAccess') return row.principal === undefined;
  return isUnused(row.findingType) && row.what === undefined && row.neverUsed === undefined;
};

/**
 * Wishes for the rows on the screen (the cursor's first), then for the loaded neighbours. Once it was scrolled, what waits
 * for the rows that were there before is dropped at once: the pace that AWS allows is for what is looked at.
 */
export function wantDetails(state: AppState, leaves: boolean): readonly Effect[] {
  const { list } = state;
  if (state.mode.offline || state.screen !== 'findings') return [];
  const from = list.top - list.offset;
  const to = from + listRows(state.viewport);
  const lacking = (rows: readonly ExposureRow[]) => rows.filter(lacksDetail).map((row) => row.exposureId);
  const visible = lacking(list.rows.slice(Math.max(0, from), Math.max(0, to)));
  const shown = isDetailShown(state) && list.cursorId !== undefined ? [list.cursorId] : [];
  const around = lacking([...list.rows.slice(Math.max(0, to)), ...list.rows.slice(0, Math.max(0, from))]);
  const exposureIds = [...new Set([...shown, ...visible, ...around])];
  if (exposureIds.length === 0 && !leaves) return [];
  return [{ kind: 'want-details', exposureIds, leaves, delayMs: WISH_MS }];
}

export function detailsWanted(
  state: AppState,
  answer: Extract<AnswerMessage, { kind: 'details-wanted' }>,
): Step {
  const pending = new Set(answer.refs.map((ref) => ref.id));
  const { pending: known } = state.detail;
  if (pending.size === known.size && [...pending].every((id) => known.has(id))) return stay(state);
  return stay({ ...state, detail: { ...state.detail, pending } });
}

export function detailArrived(
  state: AppState,
  answer: Extract<AnswerMessage, { kind: 'detail-arrived' }>,
): Step {
  const pending = new Set(state.detail.pending);
  pending.delete(answer.ref.id);
  const next: AppState = { ...state, detail: { ...state.detail, pending } };
  const concerned = state.detail.data?.findings.some((finding) => finding.id === answer.ref.id) ?? false;
  return chain(storeChanged(next), concerned ? refreshDetail : stay);
}

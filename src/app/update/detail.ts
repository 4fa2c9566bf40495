import { isUnused } from '../../domain/finding.ts';
import type { ExposureRow } from '../../domain/listing.ts';
import type { Effect } from '../effect.ts';
import { isDetailShown, listRows } from '../layout.ts';
import type { AnswerMessage } from '../message.ts';
import type { AppState, DetailState } from '../state.ts';
import type { Step } from './step.ts';
import { chain, stay, step } from './step.ts';
import { storeChanged } from './list.ts';

/** The detail follows the cursor; what it lacks is fetched once the hand rests. */

export const NO_DETAIL: DetailState = {
  open: false,
  exposureId: undefined,
  data: undefined,
  history: [],
  scroll: 0,
  pending: new Set(),
};

/** A held key passes rows faster than they can be read. */
const REST_MS = 60;
const WISH_MS = 150;

export const loadDetail = (exposureId: string, delayMs: number): Effect => ({
  kind: 'load-detail',
  exposureId,
  delayMs,
});

/** Lets the detail follow the cursor while it is on the screen. */
export function followCursor(state: AppState): Step {
  const id = state.list.cursorId;
  if (!isDetailShown(state) || id === undefined || id === state.detail.exposureId) return stay(state);
  const known = state.detail.data?.row.exposureId === id;
  const detail: DetailState = {
    ...state.detail,
    exposureId: id,
    scroll: 0,
    ...(known ? {} : { data: undefined, history: [] }),
  };
  return step({ ...state, detail }, loadDetail(id, state.detail.open ? 0 : REST_MS));
}

export function detailLoaded(
  state: AppState,
  answer: Extract<AnswerMessage, { kind: 'detail-loaded' }>,
): Step {
  if (answer.exposureId !== state.detail.exposureId) return stay(state);
  return stay({ ...state, detail: { ...state.detail, data: answer.data, history: answer.history } });
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

/** Wishes for the rows on the screen (the cursor's first), then for the loaded neighbours. */
export function wantDetails(state: AppState): readonly Effect[] {
  const { list } = state;
  if (state.mode.offline || state.screen !== 'findings') return [];
  const from = list.top - list.offset;
  const to = from + listRows(state.viewport);
  const lacking = (rows: readonly ExposureRow[]) => rows.filter(lacksDetail).map((row) => row.exposureId);
  const visible = lacking(list.rows.slice(Math.max(0, from), Math.max(0, to)));
  const shown = isDetailShown(state) && list.cursorId !== undefined ? [list.cursorId] : [];
  const around = lacking([...list.rows.slice(Math.max(0, to)), ...list.rows.slice(0, Math.max(0, from))]);
  const exposureIds = [...new Set([...shown, ...visible, ...around])];
  return exposureIds.length === 0 ? [] : [{ kind: 'want-details', exposureIds, delayMs: WISH_MS }];
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

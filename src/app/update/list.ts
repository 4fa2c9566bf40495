import type { Expr } from '../../domain/filter/ast.ts';
import { typesAskedInDetail } from '../../domain/filter/detail-types.ts';
import type { Sort } from '../../domain/listing.ts';
import type { Effect, LoadReason } from '../effect.ts';
import { listRows } from '../layout.ts';
import type { AnswerMessage, ListLoaded } from '../message.ts';
import { selectMarkedQuery, selectQuery, selectShownMarkedQuery } from '../selectors/query.ts';
import type { AppState, Drift, ListState } from '../state.ts';
import { addDrift, formatDrift, NO_DRIFT } from './drift.ts';
import { followedId } from './followed.ts';
import type { Step } from './step.ts';
import { stay, step } from './step.ts';
import { clamp, clampTop, rowAt, totalRows } from './window.ts';

/** Asks the list's question (again): a new version, so that answers to the old one are dropped. */
export function reload(state: AppState, reason: LoadReason): Step {
  const { list } = state;
  const next: AppState = {
    ...state,
    list: {
      ...list,
      version: list.version + 1,
      context: { now: state.now, lastVisitAt: state.mode.lastVisitAt, marked: state.marks.ids },
      loading: true,
      outdated: list.outdated || reason === 'query',
      stale: false,
      asked: undefined,
    },
  };
  return step(next, loadList(next, reason), ...loadMarks(next, reason));
}

function loadList(state: AppState, reason: LoadReason): Effect {
  const { list } = state;
  const followed = followedId(state, reason);
  const held = reason === 'refresh' ? list.rows.map((row) => row.exposureId) : [];
  return {
    kind: 'load-list',
    version: list.version,
    query: selectQuery(state),
    reason,
    follow: followed,
    heirs: followed === undefined ? [] : held.slice(Math.max(0, list.cursor - list.offset + 1)),
    held,
    cursor: list.cursor,
    line: list.cursor - list.top,
    page: listRows(state.viewport),
  };
}

export function loadMarks(state: AppState, reason: LoadReason): readonly Effect[] {
  if (state.marks.ids.size === 0) return [];
  return [
    {
      kind: 'load-marks',
      version: state.list.version,
      reason,
      existing: selectMarkedQuery(state),
      shown: selectShownMarkedQuery(state),
    },
  ];
}

/** The store has something new. One question at a time: a busy store must not starve the list. */
export function storeChanged(state: AppState): Step {
  if (!state.list.loading) return reload(state, 'refresh');
  if (state.list.stale) return stay(state);
  return stay({ ...state, list: { ...state.list, stale: true } });
}

export function setQuery(
  state: AppState,
  change: { readonly text: string; readonly filter: Expr; readonly sort: Sort },
): Step {
  const list: ListState = {
    ...state.list,
    filterText: change.text,
    filter: change.filter,
    sort: change.sort,
    unknown: 0,
    notice: undefined,
    drift: NO_DRIFT,
  };
  const marks =
    state.marks.anchor === undefined
      ? state.marks
      : { ...state.marks, anchor: undefined, anchorId: undefined };
  return reload({ ...state, list, marks, viewName: undefined }, 'query');
}

/** Where the cursor stands in the new rows: at its exposure, else at what stood below it, plus what was moved since the question was asked. */
function cursorAfter(list: ListState, answer: ListLoaded): number {
  const moved = list.cursor - answer.askedCursor;
  const last = Math.max(0, answer.counts.exposures - 1);
  const found = answer.found ?? answer.heir;
  if (found !== undefined) return clamp(found + moved, 0, last);
  if (answer.reason === 'query') return clamp(moved, 0, last);
  // It was at the top when this was asked, and has gone to a row since.
  const at = moved === 0 ? -1 : answer.rows.findIndex((row) => row.exposureId === list.cursorId);
  return at === -1 ? clamp(list.cursor, 0, last) : answer.offset + at;
}

/** Only a refresh drifts: another question is meant to show another list. */
function driftAfter(list: ListState, answer: ListLoaded, cursor: number): Drift {
  if (answer.reason !== 'refresh' || list.counts === undefined || !list.touched) return list.drift;
  const { counts, rows, offset } = answer;
  return addDrift(list, { counts, rows, offset, shift: cursor - list.cursor });
}

export function listLoaded(state: AppState, answer: ListLoaded): Step {
  const { list } = state;
  if (answer.version !== list.version) return stay(state);
  const page = listRows(state.viewport);
  const cursor = cursorAfter(list, answer);
  const line = answer.reason === 'query' && answer.found === undefined ? 0 : list.cursor - list.top;
  const drift = driftAfter(list, answer, cursor);
  const next: ListState = {
    ...list,
    counts: answer.counts,
    offset: answer.offset,
    rows: answer.rows,
    cursor,
    cursorId: answer.rows[cursor - answer.offset]?.exposureId,
    top: clampTop(cursor - line, cursor, page, answer.counts.exposures),
    loading: false,
    outdated: false,
    stale: false,
    problem: undefined,
    drift,
    notice: formatDrift(drift),
  };
  const after = { ...state, list: next };
  return list.stale ? reload(after, 'refresh') : step(after, ...countUnknown(next));
}

/** The detail of a finding may tell whether the filter means it: without it the list may lack some. */
function countUnknown({ filter, version }: ListState): readonly Effect[] {
  const types = typesAskedInDetail(filter);
  return types.length === 0 ? [] : [{ kind: 'count-unknown', version, types }];
}

export function unknownCounted(
  state: AppState,
  { version, unknown }: Extract<AnswerMessage, { kind: 'unknown-counted' }>,
): Step {
  const { list } = state;
  return version !== list.version || unknown === list.unknown
    ? stay(state)
    : stay({ ...state, list: { ...list, unknown } });
}

export function windowLoaded(
  state: AppState,
  answer: Extract<AnswerMessage, { kind: 'window-loaded' }>,
): Step {
  const { list } = state;
  if (answer.version !== list.version || list.outdated) return stay(state);
  const follow = followedId(state, 'refresh');
  const at = follow === undefined ? -1 : answer.rows.findIndex((row) => row.exposureId === follow);
  const cursor = at === -1 ? list.cursor : answer.offset + at;
  const next: ListState = {
    ...list,
    offset: answer.offset,
    rows: answer.rows,
    asked: list.asked?.offset === answer.offset ? undefined : list.asked,
    cursor,
    top: clampTop(list.top + cursor - list.cursor, cursor, listRows(state.viewport), totalRows(list)),
    cursorId: answer.rows[cursor - answer.offset]?.exposureId ?? list.cursorId,
  };
  return stay({ ...state, list: next });
}

/** Moves the cursor; whole pages take the screen along. */
export function moveCursor(state: AppState, unit: 'row' | 'half-page' | 'page' | 'end', by: number): Step {
  const { list } = state;
  const total = totalRows(list);
  if (total === 0) return stay(state);
  const page = listRows(state.viewport);
  const rows = { row: 1, 'half-page': Math.max(1, Math.floor(page / 2)), page, end: total }[unit];
  const cursor = clamp(list.cursor + by * rows, 0, total - 1);
  const pulled = unit === 'row' ? list.top : list.top + cursor - list.cursor;
  return stay(withCursor(state, cursor, clampTop(pulled, cursor, page, total)));
}

export function withCursor(state: AppState, cursor: number, top: number): AppState {
  const { list } = state;
  if (cursor === list.cursor && top === list.top) return state;
  return { ...state, list: { ...list, cursor, top, cursorId: rowAt(list, cursor)?.exposureId } };
}

/** A person reacted: what the refreshes did needs no saying any more, and the row under the cursor is theirs. */
export function acknowledge(state: AppState): AppState {
  const { list, toast } = state;
  const calm = list.touched && list.notice === undefined && list.drift === NO_DRIFT;
  const isOver = toast?.kind === 'error' || toast?.kind === 'refusal';
  if (calm && !isOver) return state;
  return {
    ...state,
    toast: isOver ? undefined : toast,
    list: calm ? list : { ...list, touched: true, notice: undefined, drift: NO_DRIFT },
  };
}

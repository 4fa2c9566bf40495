import type { ExposureId } from '../../domain/exposure.ts';
import { formatNumber } from '../../domain/format-count.ts';
import type { AnswerMessage } from '../message.ts';
import { selectRange, selectRangeRows } from '../selectors/marks.ts';
import { selectQuery } from '../selectors/query.ts';
import type { AppState, Marks } from '../state.ts';
import type { Step } from './step.ts';
import { say, stay, step } from './step.ts';

export const NO_MARKS: Marks = {
  ids: new Set(),
  hidden: new Set(),
  anchor: undefined,
  anchorId: undefined,
  coming: false,
};

const hasMarks = (marks: Marks): boolean => marks.ids.size > 0;

const withMarks = (state: AppState, change: Partial<Marks>): AppState => ({
  ...state,
  marks: { ...state.marks, ...change },
});

function addMarks(state: AppState, added: readonly ExposureId[]): AppState {
  // Most often nothing was marked before; all of a hundred thousand take a frame each way.
  const ids = new Set(state.marks.ids.size === 0 ? added : [...state.marks.ids, ...added]);
  return withMarks(state, { ids, anchor: undefined, anchorId: undefined });
}

export function removeMarks(marks: Marks, gone: readonly ExposureId[]): Marks {
  if (!gone.some((id) => marks.ids.has(id))) return marks;
  const ids = new Set(marks.ids);
  const hidden = new Set(marks.hidden);
  for (const id of gone) {
    ids.delete(id);
    hidden.delete(id);
  }
  return { ...marks, ids, hidden };
}

export function toggleMark(state: AppState): Step {
  if (state.marks.anchor !== undefined) return closeRange(state);
  const id = state.list.cursorId;
  if (id === undefined || state.list.outdated) return stay(state);
  const ids = new Set(state.marks.ids);
  if (!ids.delete(id)) ids.add(id);
  return stay(withMarks(state, { ids }));
}

/** Opens a range at the cursor, or closes the open one: its rows are marked. */
export function toggleRange(state: AppState): Step {
  if (state.marks.anchor !== undefined) return closeRange(state);
  const { cursor, cursorId, outdated } = state.list;
  if (cursorId === undefined || outdated) return stay(state);
  return stay(withMarks(state, { anchor: cursor, anchorId: cursorId }));
}

export function closeRange(state: AppState): Step {
  const rows = selectRangeRows(state);
  if (rows !== undefined)
    return stay(
      addMarks(
        state,
        rows.map((row) => row.exposureId),
      ),
    );
  const range = selectRange(state);
  if (range === undefined) return stay(state);
  return step(withMarks(state, { coming: true }), {
    kind: 'load-range',
    version: state.list.version,
    query: selectQuery(state),
    ...range,
  });
}

/** All that the filter shows, as of now: the ids are fetched once, what arrives later is not among them. */
export const markAll = (state: AppState): Step =>
  state.list.outdated
    ? stay(state)
    : step(withMarks(state, { coming: true }), {
        kind: 'load-all-ids',
        filterText: state.list.filterText,
        query: selectQuery(state),
      });

/** What was being marked does not come, or is not wanted any more. */
export const stopMarking = (state: AppState): AppState =>
  state.marks.coming ? withMarks(state, { coming: false }) : state;

export function allIdsLoaded(
  state: AppState,
  answer: Extract<AnswerMessage, { kind: 'all-ids-loaded' }>,
): Step {
  // The marks were cleared in the meantime.
  if (!state.marks.coming) return stay(state);
  const calm = stopMarking(state);
  // A refresh in between changes the version, not what the person meant; another filter does change it.
  if (answer.filterText !== calm.list.filterText) return stay(calm);
  const { ids } = answer;
  if (ids.length > 0 && ids.every((id) => calm.marks.ids.has(id))) {
    return stay({ ...calm, marks: removeMarks(calm.marks, ids) });
  }
  return ids.length === 0 ? stay(calm) : stay(addMarks(calm, ids));
}

export function rangeLoaded(state: AppState, answer: Extract<AnswerMessage, { kind: 'range-loaded' }>): Step {
  if (!state.marks.coming) return stay(state);
  const calm = stopMarking(state);
  if (answer.version === calm.list.version) return stay(addMarks(calm, answer.ids));
  return say(calm, { kind: 'refusal', text: 'The list changed while the range was marked: press v again.' });
}

export function clearMarks(state: AppState): AppState {
  const { marks } = state;
  return hasMarks(marks) || marks.anchor !== undefined || marks.coming
    ? { ...state, marks: NO_MARKS }
    : state;
}

export const clearRange = (state: AppState): AppState =>
  withMarks(state, { anchor: undefined, anchorId: undefined });

/**
 * After a refresh a mark goes with what has gone: shown before and not now, or no longer in the store. A mark that
 * another filter merely hides stays.
 */
export function marksLoaded(state: AppState, answer: Extract<AnswerMessage, { kind: 'marks-loaded' }>): Step {
  if (answer.version !== state.list.version) return stay(state);
  const { marks } = state;
  const mayHide = (id: ExposureId): boolean => answer.reason !== 'refresh' || marks.hidden.has(id);
  // What was marked since the question was asked is not answered by it.
  const isAsked = (id: ExposureId): boolean => answer.asked.has(id);
  const kept = [...marks.ids].filter(
    (id) => !isAsked(id) || answer.shown.has(id) || (answer.existing.has(id) && mayHide(id)),
  );
  const hidden = new Set(kept.filter((id) => isAsked(id) && !answer.shown.has(id)));
  const gone = marks.ids.size - kept.length;
  if (gone === 0 && hidden.size === marks.hidden.size) return stay(state);
  const next = withMarks(state, { ids: gone === 0 ? marks.ids : new Set(kept), hidden });
  if (gone === 0) return stay(next);
  return say(next, {
    kind: 'info',
    text: gone === 1 ? '1 marked row is gone.' : `${formatNumber(gone)} marked rows are gone.`,
  });
}

/** A refresh may have moved the row where a range began. */
export function followAnchor(before: AppState, after: AppState): AppState {
  const { anchorId, anchor } = after.marks;
  if (anchorId === undefined || before.list.rows === after.list.rows) return after;
  const at = after.list.rows.findIndex((row) => row.exposureId === anchorId);
  const next = at === -1 ? undefined : after.list.offset + at;
  if (next === anchor) return after;
  if (next !== undefined) return withMarks(after, { anchor: next });
  // Beyond the window the anchor is out of sight; only a refresh (new counts) can have moved it.
  return before.list.counts === after.list.counts ? after : clearRange(after);
}

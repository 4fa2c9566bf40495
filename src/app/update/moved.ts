import type { ExposureId } from '../../domain/exposure.ts';
import type { Dialog } from '../dialog.ts';
import type { AnswerMessage } from '../message.ts';
import type { AppState, DetailState, ListState, Marks } from '../state.ts';
import { refreshDetail } from './detail.ts';
import { reload } from './list.ts';
import type { Step } from './step.ts';
import { chain } from './step.ts';

/**
 * Which of a user's keys it is, or who has the access, only the detail of a finding tells: with it the exposure gets
 * the id that it keeps. Whatever a person pointed at stays pointed at.
 */
export function exposuresMoved(
  state: AppState,
  { moved }: Extract<AnswerMessage, { kind: 'exposures-moved' }>,
): Step {
  const now = (id: ExposureId): ExposureId => moved.get(id) ?? id;
  const { detail, panel, running, list } = state;
  const next: AppState = {
    ...state,
    list: withListMoved(list, now),
    marks: withMarksMoved(state.marks, now),
    detail: withDetailMoved(detail, now),
    panel: panel && { ...panel, exposureId: now(panel.exposureId) },
    dialog: state.dialog && withDialogMoved(state.dialog, now),
    running: running && { ...running, exposureIds: running.exposureIds.map(now) },
  };
  // What is on its way answers about the ids of before: this question takes its place.
  return chain(reload(next, list.outdated ? 'query' : 'refresh'), refreshDetail);
}

type Now = (id: ExposureId) => ExposureId;

const ifAny = (id: ExposureId | undefined, now: Now): ExposureId | undefined =>
  id === undefined ? undefined : now(id);

/** A row that only changed its id has neither come nor gone. */
const withListMoved = (list: ListState, now: Now): ListState => ({
  ...list,
  cursorId: ifAny(list.cursorId, now),
  rows: list.rows.map((row) => ({ ...row, exposureId: now(row.exposureId) })),
});

const withMarksMoved = (marks: Marks, now: Now): Marks => ({
  ...marks,
  ids: new Set([...marks.ids].map(now)),
  hidden: new Set([...marks.hidden].map(now)),
  anchorId: ifAny(marks.anchorId, now),
});

/** What it shows stays, scrolled as it is, until what the detail told is there. */
const withDetailMoved = ({ data, ...detail }: DetailState, now: Now): DetailState => ({
  ...detail,
  exposureId: ifAny(detail.exposureId, now),
  data: data && { ...data, row: { ...data.row, exposureId: now(data.row.exposureId) } },
});

/** The marks of a plan go when it has been run. */
const withDialogMoved = (dialog: Dialog, now: Now): Dialog =>
  dialog.kind === 'confirm'
    ? { ...dialog, plan: { ...dialog.plan, exposureIds: dialog.plan.exposureIds.map(now) } }
    : dialog;

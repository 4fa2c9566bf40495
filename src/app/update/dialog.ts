import type { Dialog, DialogContent } from '../dialog.ts';
import { OPENED_BY_ANSWER } from '../dialog.ts';
import type { AppState } from '../state.ts';

/** Opens a dialog; where a key did it, `stampDialog` adds the chunk of that key. */
export const openDialog = (state: AppState, content: DialogContent): AppState => ({
  ...state,
  dialog: { openedAt: OPENED_BY_ANSWER, ...content },
});

export const closeDialog = (state: AppState): AppState =>
  state.dialog === undefined ? state : { ...state, dialog: undefined };

/** Out of a dialog on the way to a change: back to what was being written, if something was. */
export const leaveDialog = (state: AppState, { back }: { readonly back?: DialogContent }): AppState =>
  back === undefined ? closeDialog(state) : openDialog(state, back);

/** Replaces the content of the open dialog; its guard against keys of its own chunk stays. */
export const changeDialog = (state: AppState, dialog: Dialog, content: DialogContent): AppState => ({
  ...state,
  dialog: { openedAt: dialog.openedAt, ...content },
});

/** Marks a dialog that this key opened: the rest of the chunk is not for it. */
export function stampDialog(before: AppState, after: AppState, chunk: number): AppState {
  const { dialog } = after;
  if (dialog === undefined || dialog === before.dialog || dialog.openedAt !== OPENED_BY_ANSWER) return after;
  if (before.dialog?.openedAt === OPENED_BY_ANSWER && before.dialog.kind === dialog.kind) return after;
  return { ...after, dialog: { ...dialog, openedAt: chunk } };
}

/** A dialog may come unasked only where it takes no keys from what is being typed. */
export const mayInterrupt = (state: AppState): boolean =>
  state.dialog === undefined && state.filterBar === undefined;

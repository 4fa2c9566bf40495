import type { Dialog } from '../dialog.ts';
import type { Chord } from '../keymap.ts';
import type { SavedView } from '../saved-view.ts';
import type { AppState } from '../state.ts';
import { editField, fieldOf } from '../text-field.ts';
import { changeDialog, closeDialog, openDialog } from './dialog.ts';
import type { Step } from './step.ts';
import { stay, step } from './step.ts';

/** Saving what the list shows (filter, sort, columns) under a name. */

type SaveView = Extract<Dialog, { kind: 'save-view' }>;

export const openSaveView = (state: AppState): Step =>
  stay(openDialog(state, { kind: 'save-view', field: fieldOf(state.viewName ?? '') }));

const MAX_NAME = 60;

function save(state: AppState, dialog: SaveView): Step {
  const name = dialog.field.text.trim();
  if (name === '' || name.length > MAX_NAME) {
    const problem = name === '' ? 'A view needs a name.' : `A name has at most ${MAX_NAME} characters.`;
    return stay(changeDialog(state, dialog, { kind: 'save-view', field: dialog.field, problem }));
  }
  const { filterText, sort, columns } = state.list;
  const view: SavedView = {
    name,
    filter: filterText,
    sort,
    shipped: false,
    ...(columns === undefined ? {} : { columns }),
  };
  const views = [...state.views.filter((known) => known.name !== name), view];
  return step({ ...closeDialog(state), views, viewName: name }, { kind: 'save-view', view });
}

export function saveViewKey(state: AppState, dialog: SaveView, chord: Chord): Step {
  if (chord === 'esc') return stay(closeDialog(state));
  if (chord === 'enter') return save(state, dialog);
  const field = editField(dialog.field, chord);
  if (field === undefined || field === dialog.field) return stay(state);
  return stay(changeDialog(state, dialog, { kind: 'save-view', field }));
}

import type { Dialog } from '../dialog.ts';
import type { Chord } from '../keymap.ts';
import { selectPalette } from '../selectors/palette.ts';
import { findCommand } from '../commands/all.ts';
import type { AppState } from '../state.ts';
import { editField, insertText, type TextField } from '../text-field.ts';
import { changeDialog, closeDialog } from './dialog.ts';
import type { Step } from './step.ts';
import { follow, say, stay } from './step.ts';
import { mustWait } from './waiting.ts';

/** The command palette: type, choose, enter. A command that cannot be run says why and the palette stays. */

type Palette = Extract<Dialog, { kind: 'palette' }>;

function run(state: AppState, dialog: Palette): Step {
  const item = selectPalette(state, dialog)[dialog.chosen];
  const command = item === undefined ? undefined : findCommand(item.id);
  if (item === undefined || command === undefined) return stay(state);
  if (item.disabled !== undefined) return say(state, { kind: 'refusal', text: item.disabled });
  const closed = closeDialog(state);
  if (mustWait(closed, command))
    return say(state, { kind: 'refusal', text: 'What it acts on is still loading: enter again.' });
  return follow(closed, command.message(closed));
}

function choose(state: AppState, dialog: Palette, by: number): Step {
  const count = selectPalette(state, dialog).length;
  if (count === 0) return stay(state);
  return stay(changeDialog(state, dialog, { ...dialog, chosen: (dialog.chosen + by + count) % count }));
}

function withField(state: AppState, dialog: Palette, field: TextField | undefined): Step {
  if (field === undefined || field === dialog.field) return stay(state);
  const chosen = field.text === dialog.field.text ? dialog.chosen : 0;
  return stay(changeDialog(state, dialog, { ...dialog, field, chosen }));
}

export function paletteKey(state: AppState, dialog: Palette, chord: Chord): Step {
  switch (chord) {
    case 'esc':
      return stay(closeDialog(state));
    case 'enter':
      return run(state, dialog);
    case 'down':
    case 'tab':
    case 'ctrl+n':
      return choose(state, dialog, 1);
    case 'up':
    case 'shift+tab':
    case 'ctrl+p':
      return choose(state, dialog, -1);
    default:
      return withField(state, dialog, editField(dialog.field, chord));
  }
}

export const palettePaste = (state: AppState, dialog: Palette, text: string): Step =>
  withField(state, dialog, insertText(dialog.field, text));

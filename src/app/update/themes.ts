import type { Dialog } from '../dialog.ts';
import type { Chord } from '../keymap.ts';
import type { AppState } from '../state.ts';
import { changeDialog, closeDialog, openDialog } from './dialog.ts';
import type { Step } from './step.ts';
import { stay, step } from './step.ts';

/** Themes are tried on while the list of them is open: esc puts the old one back, enter keeps the new one. */

type ThemesDialog = Extract<Dialog, { kind: 'themes' }>;

export const openThemes = (state: AppState): Step =>
  stay(
    openDialog(state, {
      kind: 'themes',
      before: state.themeName,
      chosen: Math.max(0, state.themeNames.indexOf(state.themeName)),
    }),
  );

function tryOn(state: AppState, dialog: ThemesDialog, by: number): Step {
  const count = state.themeNames.length;
  const chosen = (dialog.chosen + by + count) % count;
  const themeName = state.themeNames[chosen] ?? state.themeName;
  return stay(changeDialog({ ...state, themeName }, dialog, { ...dialog, chosen }));
}

export function themesKey(state: AppState, dialog: ThemesDialog, chord: Chord): Step {
  switch (chord) {
    case 'esc':
    case 'q':
      return stay(closeDialog({ ...state, themeName: dialog.before }));
    case 'enter':
      return step(closeDialog(state), { kind: 'save-theme', name: state.themeName });
    case 'j':
    case 't':
    case 'down':
      return tryOn(state, dialog, 1);
    case 'k':
    case 'up':
      return tryOn(state, dialog, -1);
    default:
      return stay(state);
  }
}

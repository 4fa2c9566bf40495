import type { Chord } from '../keymap.ts';
import { FOCUS, type PlacePicker, type RuleEditor } from '../rules/rule-editor.ts';
import { toggleAll, togglePlace } from '../rules/rule-places.ts';
import { pickerRows, shownPlaces } from '../selectors/rule-places.ts';
import type { AppState } from '../state.ts';
import { editField, emptyField, insertText, type TextField } from '../text-field.ts';
import { showEditor, tryRule } from './rule-trial.ts';
import type { Step } from './step.ts';
import { stay } from './step.ts';
import { clamp } from './window.ts';

/** The list of analyzers over the editor: ticked with space, narrowed by typing. */

type Picking = RuleEditor & { readonly picker: PlacePicker };

export const openPicker = (state: AppState, editor: RuleEditor): Step =>
  stay(
    showEditor(state, {
      ...editor,
      focus: FOCUS.places,
      picker: { field: emptyField, cursor: 0, before: editor.chosen },
    }),
  );

const close = (state: AppState, editor: Picking, chosen: ReadonlySet<string>): Step =>
  tryRule(state, { ...editor, picker: undefined, chosen });

export function pickerKey(state: AppState, editor: Picking, chord: Chord): Step {
  const places = shownPlaces(editor);
  switch (chord) {
    case 'esc':
      return close(state, editor, editor.picker.before);
    case 'enter':
      return close(state, editor, editor.chosen);
    case 'space': {
      const place = places[editor.picker.cursor];
      return place === undefined ? stay(state) : tick(state, editor, togglePlace(editor, place));
    }
    case '*':
      return tick(state, editor, toggleAll(editor, places));
    default:
      return moveOrType(state, editor, chord);
  }
}

const tick = (state: AppState, editor: Picking, chosen: ReadonlySet<string>): Step =>
  stay(showEditor(state, { ...editor, chosen }));

const MOVES: Readonly<Record<Chord, (page: number) => number>> = {
  down: () => 1,
  tab: () => 1,
  up: () => -1,
  'shift+tab': () => -1,
  pgdown: (page) => page,
  pgup: (page) => -page,
};

function moveOrType(state: AppState, editor: Picking, chord: Chord): Step {
  const by = Object.hasOwn(MOVES, chord) ? MOVES[chord] : undefined;
  if (by !== undefined) {
    const last = shownPlaces(editor).length - 1;
    const cursor = clamp(editor.picker.cursor + by(pickerRows(state.viewport)), 0, Math.max(0, last));
    return stay(showEditor(state, { ...editor, picker: { ...editor.picker, cursor } }));
  }
  const field = editField(editor.picker.field, chord);
  return field === undefined ? stay(state) : narrow(state, editor, field);
}

const narrow = (state: AppState, editor: Picking, field: TextField): Step =>
  stay(showEditor(state, { ...editor, picker: { ...editor.picker, field, cursor: 0 } }));

export const pickerPaste = (state: AppState, editor: Picking, text: string): Step =>
  narrow(state, editor, insertText(editor.picker.field, text));

export const isPicking = (editor: RuleEditor): editor is Picking => editor.picker !== undefined;

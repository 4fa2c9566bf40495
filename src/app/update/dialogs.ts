import type { Dialog } from '../dialog.ts';
import type { Chord } from '../keymap.ts';
import { dialogRows } from '../layout.ts';
import { selectHelpHeight } from '../selectors/help.ts';
import {
  canTakeBack,
  selectOfferedEntry,
  selectOutcomeHeight,
  selectRecovered,
} from '../selectors/outcome.ts';
import type { AppState } from '../state.ts';
import { foldPaste, insertText } from '../text-field.ts';
import { confirmKey, confirmPaste } from './confirm.ts';
import { changeDialog, closeDialog, leaveDialog } from './dialog.ts';
import { payCheck } from './make-fix.ts';
import { menuKey } from './menu.ts';
import { organizationKey, organizationPaste } from './organization.ts';
import { paletteKey, palettePaste } from './palette.ts';
import { askPlan } from './plan.ts';
import { exportFirstKey, exportFirstPaste, importKey, importPaste } from './rules-file.ts';
import { ruleEditorKey, ruleEditorPaste } from './rule-editor.ts';
import { linesOf } from './scroll.ts';
import { saveViewKey } from './views.ts';
import type { Step } from './step.ts';
import { stay } from './step.ts';
import { themesKey } from './themes.ts';
import { clamp } from './window.ts';

type Of<K extends Dialog['kind']> = Extract<Dialog, { kind: K }>;

/** What each kind of dialog does with a key. */
const KEYS: {
  readonly [K in Dialog['kind']]: (state: AppState, dialog: Of<K>, chord: Chord) => Step;
} = {
  planning: (state, dialog, chord) =>
    closesWith(chord, false) ? stay(leaveDialog(state, dialog)) : stay(state),
  problem: (state, _dialog, chord) => closeKey(state, chord, true),
  rule: ruleEditorKey,
  'import-rules': importKey,
  'export-first': exportFirstKey,
  organization: organizationKey,
  price: (state, _dialog, chord) => (chord === 'enter' ? payCheck(state) : closeKey(state, chord, false)),
  confirm: confirmKey,
  menu: menuKey,
  palette: paletteKey,
  themes: themesKey,
  'save-view': saveViewKey,
  recovered: (state, dialog, chord) => recoveredKey(state, dialog, chord),
  help: (state, dialog, chord) => scrollKey(state, dialog, chord, selectHelpHeight(state)),
  outcome: (state, dialog, chord) =>
    chord === 'z' && canTakeBack(state, dialog.entryId)
      ? undoEntry(state, dialog.entryId)
      : scrollKey(state, dialog, chord, selectOutcomeHeight(state, dialog.entryId)),
};

/** The open dialog gets every key. (The table says which kind takes which dialog; indexing by a union cannot.) */
export const dialogKey = (state: AppState, dialog: Dialog, chord: Chord): Step =>
  (KEYS[dialog.kind] as (state: AppState, dialog: Dialog, chord: Chord) => Step)(state, dialog, chord);

const closeKey = (state: AppState, chord: Chord, enter: boolean): Step =>
  stay(closesWith(chord, enter) ? closeDialog(state) : state);

/** What was done of it before something failed. */
const undoEntry = (state: AppState, entryId: number): Step =>
  askPlan(closeDialog(state), { kind: 'undo', entryId });

const closesWith = (chord: Chord, enter: boolean): boolean =>
  chord === 'esc' || chord === 'q' || (enter && chord === 'enter');

type Scrolling = Extract<Dialog, { scroll: number }>;

/** A dialog that is only read. */
function scrollKey(state: AppState, dialog: Scrolling, chord: Chord, height: number): Step {
  if (closesWith(chord, true) || (dialog.kind === 'help' && chord === '?')) return stay(closeDialog(state));
  const page = dialogRows(state.viewport);
  const by = linesOf(chord, page);
  if (by === undefined) return stay(state);
  const scroll = clamp(dialog.scroll + by, 0, Math.max(0, height - page));
  return scroll === dialog.scroll ? stay(state) : stay(changeDialog(state, dialog, { ...dialog, scroll }));
}

function recoveredKey(state: AppState, dialog: Extract<Dialog, { kind: 'recovered' }>, chord: Chord): Step {
  const entryId = selectOfferedEntry(state, dialog.recoveries)?.id;
  if (chord === 'f' && entryId !== undefined) return askPlan(closeDialog(state), { kind: 'finish', entryId });
  if (chord === 'u' && entryId !== undefined) return askPlan(closeDialog(state), { kind: 'undo', entryId });
  return scrollKey(state, dialog, chord, selectRecovered(dialog.recoveries, state.viewport).length);
}

/** Pasted text goes where text is typed; elsewhere it does nothing. */
export function dialogPaste(state: AppState, dialog: Dialog, pasted: string): Step {
  const text = foldPaste(pasted);
  switch (dialog.kind) {
    case 'rule':
      return ruleEditorPaste(state, dialog, text);
    case 'import-rules':
      return importPaste(state, dialog, text);
    case 'export-first':
      return exportFirstPaste(state, dialog, text);
    case 'confirm':
      return confirmPaste(state, dialog, text);
    case 'organization':
      return organizationPaste(state, dialog, text);
    case 'palette':
      return palettePaste(state, dialog, text);
    case 'save-view':
      return stay(changeDialog(state, dialog, { kind: 'save-view', field: insertText(dialog.field, text) }));
    default:
      return stay(state);
  }
}

import { cleanText } from '../../domain/text.ts';
import { formatCount } from '../../domain/format-count.ts';
import type { Dialog } from '../dialog.ts';
import type { Chord } from '../keymap.ts';
import type { AnswerMessage, CommandMessage } from '../message.ts';
import { IMPORT_FIELDS, type ImportDialog, ON_TAKEN } from '../rules/rules-file.ts';
import type { AppState } from '../state.ts';
import { editField, emptyField, fieldOf, insertText, type TextField } from '../text-field.ts';
import { changeDialog, closeDialog, openDialog } from './dialog.ts';
import { askPlan } from './plan.ts';
import type { Step } from './step.ts';
import { say, sayProblem, stay, step } from './step.ts';

/** Archive rules to files and back, and the way to deleting an analyzer: its rules are saved first. */

type Of<K extends Dialog['kind']> = Extract<Dialog, { kind: K }>;
type Answer<K extends AnswerMessage['kind']> = Extract<AnswerMessage, { kind: K }>;

export const rulesExported = (state: AppState, { result }: Answer<'rules-exported'>): Step =>
  result.ok
    ? say(state, {
        kind: 'success',
        text: `Wrote ${formatCount(result.value.rules, 'archive rule')} to ${cleanText(result.value.path)}.`,
      })
    : sayProblem(state, result.problem);

const NEW_IMPORT: ImportDialog = {
  kind: 'import-rules',
  field: emptyField,
  onTaken: 'refuse',
  partial: false,
  apply: false,
  focus: 0,
  paths: [],
};

export const openImport = (state: AppState): Step => askPaths(openDialog(state, NEW_IMPORT), '');

const askPaths = (state: AppState, text: string): Step => step(state, { kind: 'complete-path', text });

/** An answer to what is not typed any more is dropped. */
export function pathsLoaded(state: AppState, { text, paths }: Answer<'paths-loaded'>): Step {
  const { dialog } = state;
  if (dialog?.kind !== 'import-rules' || dialog.field.text !== text) return stay(state);
  return stay(changeDialog(state, dialog, { ...dialog, paths }));
}

export function importKey(state: AppState, dialog: Of<'import-rules'>, chord: Chord): Step {
  const change = (next: Partial<ImportDialog>): Step =>
    stay(changeDialog(state, dialog, { ...withoutProblem(dialog), ...next }));
  const focusOn = (by: number): Step =>
    change({ focus: (dialog.focus + by + IMPORT_FIELDS) % IMPORT_FIELDS });
  switch (chord) {
    case 'esc':
      return stay(closeDialog(state));
    case 'enter':
      return submitImport(state, dialog);
    case 'down':
      return focusOn(1);
    case 'up':
    case 'shift+tab':
      return focusOn(-1);
    case 'tab':
      return completed(dialog) === undefined ? focusOn(1) : typePath(state, dialog, completed(dialog));
    default:
      return dialog.focus === 0
        ? typePath(state, dialog, editField(dialog.field, chord))
        : change(turned(dialog, chord));
  }
}

/** Arrows and space turn the choice that has the focus. */
function turned(dialog: ImportDialog, chord: Chord): Partial<ImportDialog> {
  const by = chord === 'right' || chord === 'space' ? 1 : chord === 'left' ? -1 : 0;
  if (by === 0) return {};
  if (dialog.focus === 2) return { partial: !dialog.partial };
  if (dialog.focus === 3) return { apply: !dialog.apply };
  const at = (ON_TAKEN.indexOf(dialog.onTaken) + by + ON_TAKEN.length) % ON_TAKEN.length;
  return { onTaken: ON_TAKEN[at] ?? 'refuse' };
}

const withoutProblem = <D extends { readonly problem?: string }>({ problem: _said, ...rest }: D) => rest;

/** What all paths that begin so have in common; undefined: nothing more than is typed. */
function completed({ focus, field, paths }: ImportDialog): TextField | undefined {
  const [first = '', ...others] = focus === 0 ? paths : [];
  let length = first.length;
  for (const path of others) while (!path.startsWith(first.slice(0, length))) length -= 1;
  const common = first.slice(0, length);
  return common.length > field.text.length ? fieldOf(common) : undefined;
}

function typePath(state: AppState, dialog: Of<'import-rules'>, field: TextField | undefined): Step {
  if (field === undefined || field === dialog.field) return stay(state);
  const next = changeDialog(state, dialog, { ...withoutProblem(dialog), field });
  return field.text === dialog.field.text ? stay(next) : askPaths(next, field.text);
}

export const importPaste = (state: AppState, dialog: Of<'import-rules'>, text: string): Step =>
  dialog.focus === 0 ? typePath(state, dialog, insertText(dialog.field, text)) : stay(state);

/** Back to the dialog where the file, or what is in it, cannot be imported so. */
function submitImport(state: AppState, dialog: Of<'import-rules'>): Step {
  const path = dialog.field.text.trim();
  if (path === '')
    return stay(changeDialog(state, dialog, { ...dialog, problem: 'Name the file to import.' }));
  const { onTaken, partial, apply } = dialog;
  const { openedAt: _opened, ...back } = withoutProblem(dialog);
  return askPlan(closeDialog(state), { kind: 'rule-import', path, onTaken, partial, apply }, back);
}

type AskDelete = Extract<CommandMessage, { kind: 'delete-analyzer' }>;

/** First what there is of it now. */
export function deleteAnalyzer(state: AppState, { analyzer }: AskDelete): Step {
  const serial = state.serial + 1;
  const title = `Looking at what goes with ${cleanText(analyzer.name)}`;
  return step(openDialog({ ...state, serial }, { kind: 'planning', title, serial }), {
    kind: 'offer-delete',
    serial,
    analyzer,
  });
}

/** Rules die with their analyzer: saving them is offered first. */
export function deleteOffered(state: AppState, { serial, result }: Answer<'delete-offered'>): Step {
  if (state.dialog?.kind !== 'planning' || state.dialog.serial !== serial) return stay(state);
  const closed = closeDialog(state);
  if (!result.ok) return sayProblem(closed, result.problem);
  const offer = result.value;
  if (offer.rules === 0) return askPlan(closed, { kind: 'analyzer-delete', analyzer: offer });
  const field = fieldOf(offer.path);
  return stay(openDialog(closed, { kind: 'export-first', offer, wanted: true, field, focus: 0 }));
}

export function exportFirstKey(state: AppState, dialog: Of<'export-first'>, chord: Chord): Step {
  const change = (next: Partial<Of<'export-first'>>): Step =>
    stay(changeDialog(state, dialog, { ...withoutProblem(dialog), ...next }));
  switch (chord) {
    case 'esc':
      return stay(closeDialog(state));
    case 'enter':
      return submitDelete(state, dialog);
    case 'tab':
    case 'shift+tab':
    case 'down':
    case 'up':
      return change({ focus: dialog.wanted ? 1 - dialog.focus : 0 });
    default: {
      if (dialog.focus === 0)
        return ['left', 'right', 'space'].includes(chord) ? change({ wanted: !dialog.wanted }) : stay(state);
      const field = editField(dialog.field, chord);
      return field === undefined ? stay(state) : change({ field });
    }
  }
}

export const exportFirstPaste = (state: AppState, dialog: Of<'export-first'>, text: string): Step =>
  dialog.focus === 1
    ? stay(changeDialog(state, dialog, { ...dialog, field: insertText(dialog.field, text) }))
    : stay(state);

function submitDelete(state: AppState, dialog: Of<'export-first'>): Step {
  const { offer, wanted } = dialog;
  const path = dialog.field.text.trim();
  if (wanted && path === '')
    return stay(changeDialog(state, dialog, { ...dialog, focus: 1, problem: 'Name a new file for them.' }));
  const saved = wanted ? { exportTo: path } : {};
  return askPlan(closeDialog(state), { kind: 'analyzer-delete', analyzer: offer, ...saved });
}

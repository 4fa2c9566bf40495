import type { Dialog } from '../dialog.ts';
import type { Chord } from '../keymap.ts';
import { dialogRows } from '../layout.ts';
import { selectConfirmLines } from '../selectors/confirm.ts';
import type { AppState } from '../state.ts';
import { editField, insertText, type TextField } from '../text-field.ts';
import { changeDialog, closeDialog, leaveDialog } from './dialog.ts';
import { linesOf } from './scroll.ts';
import type { Step } from './step.ts';
import { stay, step } from './step.ts';
import { clamp } from './window.ts';

/** The dialog before a change: a reason, a typed word where the rules ask for one, and enter. */

type Confirm = Extract<Dialog, { kind: 'confirm' }>;

const asksReason = ({ plan }: Confirm): boolean => plan.kind === 'archive';

/** The next field that this dialog has; none: 'none'. */
function nextFocus(dialog: Confirm): Confirm['focus'] {
  const fields: Confirm['focus'][] = [];
  if (asksReason(dialog)) fields.push('reason');
  if (dialog.plan.typedWord !== undefined) fields.push('typed');
  const at = fields.indexOf(dialog.focus);
  return fields[(at + 1) % fields.length] ?? 'none';
}

function submit(state: AppState, dialog: Confirm): Step {
  const { plan } = dialog;
  if (plan.typedWord !== undefined && dialog.typed.text.trim() !== plan.typedWord) {
    const problem = `Type ${plan.typedWord} to go on, or esc to leave.`;
    return stay(changeDialog(state, dialog, { ...dialog, focus: 'typed', problem }));
  }
  const reason = dialog.reason.text.trim();
  const run = reason === '' ? plan : { ...plan, reason };
  const running = {
    title: plan.title,
    done: 0,
    total: plan.operations.length,
    exposureIds: plan.exposureIds,
  };
  // What was said before is over: a toast that is seen while this runs is about it.
  return step({ ...closeDialog(state), running, toast: undefined }, { kind: 'run-plan', plan: run });
}

function scroll(state: AppState, dialog: Confirm, by: number): Step {
  const lines = selectConfirmLines(dialog, state.viewport).length;
  const next = clamp(dialog.scroll + by, 0, Math.max(0, lines - dialogRows(state.viewport)));
  return next === dialog.scroll
    ? stay(state)
    : stay(changeDialog(state, dialog, { ...dialog, scroll: next }));
}

function withField(
  state: AppState,
  dialog: Confirm,
  edit: (field: TextField) => TextField | undefined,
): Step {
  if (dialog.focus === 'none') return stay(state);
  const field = edit(dialog[dialog.focus]);
  if (field === undefined || field === dialog[dialog.focus]) return stay(state);
  const { problem: _said, ...rest } = dialog;
  return stay(changeDialog(state, dialog, { ...rest, [dialog.focus]: field }));
}

/** Keys that move no caret and write nothing, so that they scroll whatever has the focus. */
const ALWAYS_SCROLL: ReadonlySet<Chord> = new Set(['up', 'down', 'pgup', 'pgdown']);

export function confirmKey(state: AppState, dialog: Confirm, chord: Chord): Step {
  const by = linesOf(chord, dialogRows(state.viewport));
  if (by !== undefined && (dialog.focus === 'none' || ALWAYS_SCROLL.has(chord)))
    return scroll(state, dialog, by);
  switch (chord) {
    case 'esc':
      return stay(leaveDialog(state, dialog));
    case 'enter':
      return submit(state, dialog);
    case 'tab':
    case 'shift+tab':
      return stay(changeDialog(state, dialog, { ...dialog, focus: nextFocus(dialog) }));
    default:
      return withField(state, dialog, (field) => editField(field, chord));
  }
}

export const confirmPaste = (state: AppState, dialog: Confirm, text: string): Step =>
  withField(state, dialog, (field) => insertText(field, text));

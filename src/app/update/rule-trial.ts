import type { RuleAnswer } from '../rules/rule-effects.ts';
import type { RuleEditor } from '../rules/rule-editor.ts';
import { nameOf, trialRequest, triedCriteria } from '../rules/write-rule.ts';
import { foundRows } from '../selectors/rule-layout.ts';
import type { AppState } from '../state.ts';
import { fieldOf } from '../text-field.ts';
import { changeDialog, openDialog } from './dialog.ts';
import type { Step } from './step.ts';
import { stay, step } from './step.ts';
import { clamp } from './window.ts';

/** The rule that is being written, tried on the store: numbers at each change, and the findings it would archive. */

const TRIAL_DELAY_MS = 60;

export const showEditor = (state: AppState, editor: RuleEditor): AppState =>
  state.dialog?.kind === 'rule' ? changeDialog(state, state.dialog, editor) : openDialog(state, editor);

/** Shows the editor as it is now and asks what its rule would do. */
export function tryRule(state: AppState, editor: RuleEditor): Step {
  const serial = state.serial + 1;
  const criteria = triedCriteria(editor);
  const { problem: _said, ...rest } = editor;
  if (!criteria.ok) {
    const wrong = { ...rest, serial, trial: undefined, problem: criteria.problem.message };
    return stay(showEditor({ ...state, serial }, wrong));
  }
  const asked = {
    ...rest,
    serial,
    name: editor.named ? editor.name : fieldOf(nameOf(editor, criteria.value)),
  };
  return step(showEditor({ ...state, serial }, asked), {
    kind: 'try-rule',
    serial,
    request: trialRequest(editor, criteria.value),
    delayMs: TRIAL_DELAY_MS,
  });
}

export function ruleTried(
  state: AppState,
  { serial, trial, found }: Extract<RuleAnswer, { kind: 'rule-tried' }>,
): Step {
  const { dialog } = state;
  if (dialog?.kind !== 'rule' || dialog.serial !== serial) return stay(state);
  return stay(changeDialog(state, dialog, { ...dialog, trial, found, top: 0 }));
}

/** More than is on the screen is loaded on both sides, so that scrolling seldom waits. */
const AHEAD = 60;

export function scrollFound(state: AppState, editor: RuleEditor, by: number): Step {
  const { trial, found } = editor;
  const rows = foundRows(editor, state.viewport);
  const total = trial?.wouldArchive ?? 0;
  const top = clamp(editor.top + by, 0, Math.max(0, total - rows));
  if (top === editor.top) return stay(state);
  const next = showEditor(state, { ...editor, top });
  const criteria = triedCriteria(editor);
  const isLoaded =
    found.offset <= Math.max(0, top - 1) &&
    Math.min(total, top + rows + AHEAD / 2) <= found.offset + found.rows.length;
  if (isLoaded || !criteria.ok) return stay(next);
  return step(next, {
    kind: 'load-found',
    serial: editor.serial,
    request: trialRequest(editor, criteria.value),
    offset: Math.max(0, top - AHEAD),
  });
}

export function foundLoaded(
  state: AppState,
  { serial, found }: Extract<RuleAnswer, { kind: 'found-loaded' }>,
): Step {
  const { dialog } = state;
  if (dialog?.kind !== 'rule' || dialog.serial !== serial) return stay(state);
  return stay(changeDialog(state, dialog, { ...dialog, found }));
}

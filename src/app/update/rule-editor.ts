import type { Criteria } from '../../domain/archive-rule.ts';
import type { Result } from '../../domain/problem.ts';
import {
  completeCriteriaLine,
  fromCriteriaLines,
  toCriteriaLines,
} from '../../domain/rules/criteria-lines.ts';
import { checkRuleCriteria, checkRuleName } from '../../domain/rules/limits.ts';
import { proposeRuleName } from '../../domain/rules/rule-name.ts';
import type { Dialog } from '../dialog.ts';
import type { Chord } from '../keymap.ts';
import { FIRST_LINE, type RuleDraft, type RuleEditor } from '../rules/rule-editor.ts';
import type { RuleAnswer } from '../rules/rule-effects.ts';
import type { AppState } from '../state.ts';
import { editField, emptyField, fieldOf, insertText } from '../text-field.ts';
import { changeDialog, closeDialog, openDialog } from './dialog.ts';
import { askPlan } from './plan.ts';
import type { Step } from './step.ts';
import { stay, step } from './step.ts';
import { clamp } from './window.ts';

/** Writing a rule: every change of its criteria or place is tried on the store at once. */

type Open = Extract<Dialog, { kind: 'rule' }>;

const TRIAL_DELAY_MS = 60;

const linesOf = (criteria: Criteria): RuleEditor['lines'] => [
  ...toCriteriaLines(criteria).map(fieldOf),
  emptyField,
];

export function createEditor(draft: RuleDraft): RuleEditor {
  return {
    kind: 'rule',
    draft,
    source: 0,
    name: fieldOf(draft.name),
    place: 0,
    apply: true,
    lines: linesOf(draft.sources[0]?.criteria ?? {}),
    focus: 0,
    serial: 0,
    trial: undefined,
    scroll: 0,
  };
}

export const criteriaOf = ({ lines }: Pick<RuleEditor, 'lines'>): Result<Criteria> =>
  fromCriteriaLines(lines.map(({ text }) => text));

/** Shows the editor as it is now and asks what its rule would do. */
export function tryRule(state: AppState, editor: RuleEditor): Step {
  const serial = state.serial + 1;
  const criteria = criteriaOf(editor);
  const { problem: _said, ...rest } = editor;
  const asked: RuleEditor = criteria.ok
    ? { ...rest, serial }
    : { ...rest, serial, trial: undefined, problem: criteria.problem.message };
  const next = show({ ...state, serial }, asked);
  if (!criteria.ok) return stay(next);
  const analyzers = editor.draft.places[editor.place]?.analyzers ?? [];
  return step(next, {
    kind: 'try-rule',
    serial,
    criteria: criteria.value,
    analyzers,
    delayMs: TRIAL_DELAY_MS,
  });
}

const show = (state: AppState, editor: RuleEditor): AppState =>
  state.dialog?.kind === 'rule' ? changeDialog(state, state.dialog, editor) : openDialog(state, editor);

export function ruleTried(
  state: AppState,
  { serial, trial }: Extract<RuleAnswer, { kind: 'rule-tried' }>,
): Step {
  const { dialog } = state;
  if (dialog?.kind !== 'rule' || dialog.serial !== serial) return stay(state);
  return stay(changeDialog(state, dialog, { ...dialog, trial, scroll: 0 }));
}

export function ruleEditorKey(state: AppState, dialog: Open, chord: Chord): Step {
  switch (chord) {
    case 'esc':
      return stay(closeDialog(state));
    case 'enter':
      return submit(state, dialog);
    case 'down':
      return focusOn(state, dialog, dialog.focus + 1);
    case 'up':
    case 'shift+tab':
      return focusOn(state, dialog, dialog.focus - 1);
    case 'tab':
      return complete(state, dialog) ?? focusOn(state, dialog, dialog.focus + 1);
    case 'pgdown':
      return scrollBy(state, dialog, 5);
    case 'pgup':
      return scrollBy(state, dialog, -5);
    default:
      return fieldKey(state, dialog, chord);
  }
}

const focusOn = (state: AppState, dialog: Open, focus: number): Step =>
  stay(
    changeDialog(state, dialog, { ...dialog, focus: clamp(focus, 0, FIRST_LINE + dialog.lines.length - 1) }),
  );

function scrollBy(state: AppState, dialog: Open, by: number): Step {
  const scroll = clamp(dialog.scroll + by, 0, Math.max(0, (dialog.trial?.first.length ?? 0) - 1));
  return stay(changeDialog(state, dialog, { ...dialog, scroll }));
}

/** Arrows choose a source or a place; everything else edits text. */
function fieldKey(state: AppState, dialog: Open, chord: Chord): Step {
  const by = chord === 'right' || chord === 'space' ? 1 : chord === 'left' ? -1 : 0;
  if (dialog.focus === 0) return by === 0 ? stay(state) : chooseSource(state, dialog, by);
  if (dialog.focus === 2) return by === 0 ? stay(state) : choosePlace(state, dialog, by);
  if (dialog.focus === 3)
    return by === 0 ? stay(state) : stay(changeDialog(state, dialog, { ...dialog, apply: !dialog.apply }));
  if (dialog.focus === 1) {
    const name = editField(dialog.name, chord);
    return name === undefined || dialog.draft.editing !== undefined
      ? stay(state)
      : stay(changeDialog(state, dialog, { ...dialog, name }));
  }
  const field = dialog.lines[dialog.focus - FIRST_LINE];
  const edited = field === undefined ? undefined : editField(field, chord);
  return edited === undefined ? stay(state) : setLine(state, dialog, edited);
}

const turn = (at: number, by: number, count: number): number => (at + by + count) % Math.max(1, count);

/** Another way to say it; the name follows as long as it was proposed. */
function chooseSource(state: AppState, dialog: Open, by: number): Step {
  const { draft } = dialog;
  const source = turn(dialog.source, by, draft.sources.length);
  const criteria = draft.sources[source]?.criteria ?? {};
  const before = draft.sources[dialog.source]?.criteria ?? {};
  const isProposed = dialog.name.text === draft.name || dialog.name.text === proposeRuleName(before);
  const name = draft.editing === undefined && isProposed ? fieldOf(proposeRuleName(criteria)) : dialog.name;
  return tryRule(state, { ...dialog, source, name, lines: linesOf(criteria) });
}

const choosePlace = (state: AppState, dialog: Open, by: number): Step =>
  tryRule(state, { ...dialog, place: turn(dialog.place, by, dialog.draft.places.length) });

/** There is always one empty line at the end. */
function setLine(state: AppState, dialog: Open, field: RuleEditor['lines'][number]): Step {
  const at = dialog.focus - FIRST_LINE;
  const lines = dialog.lines.map((each, index) => (index === at ? field : each));
  const ended = lines.at(-1)?.text === '' ? lines : [...lines, emptyField];
  if (dialog.lines[at]?.text === field.text)
    return stay(changeDialog(state, dialog, { ...dialog, lines: ended }));
  return tryRule(state, { ...dialog, lines: ended });
}

function complete(state: AppState, dialog: Open): Step | undefined {
  const field = dialog.lines[dialog.focus - FIRST_LINE];
  if (field === undefined || field.text === '' || field.caret < field.text.length) return undefined;
  const [first] = completeCriteriaLine(field.text);
  if (first === undefined || first === field.text) return undefined;
  return setLine(state, dialog, fieldOf(`${first} `));
}

export function ruleEditorPaste(state: AppState, dialog: Open, text: string): Step {
  if (dialog.focus === 1 && dialog.draft.editing === undefined)
    return stay(changeDialog(state, dialog, { ...dialog, name: insertText(dialog.name, text) }));
  const field = dialog.lines[dialog.focus - FIRST_LINE];
  return field === undefined ? stay(state) : setLine(state, dialog, insertText(field, text));
}

/** To the dialog that says exactly what would be sent; what AWS would refuse is said here. */
function submit(state: AppState, dialog: Open): Step {
  const criteria = criteriaOf(dialog);
  const name = dialog.name.text.trim();
  const analyzers = dialog.draft.places[dialog.place]?.analyzers ?? [];
  const wrong = criteria.ok ? (checkRuleName(name) ?? checkRuleCriteria(criteria.value)) : criteria.problem;
  if (wrong !== undefined || !criteria.ok) {
    const problem = wrong?.message ?? '';
    return stay(changeDialog(state, dialog, { ...dialog, problem }));
  }
  return askPlan(closeDialog(state), {
    kind: 'rule-set',
    name,
    criteria: criteria.value,
    analyzers,
    apply: dialog.apply,
    replace: dialog.draft.editing !== undefined,
  });
}

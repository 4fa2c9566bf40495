import type { Criteria } from '../../domain/archive-rule.ts';
import { cleanText } from '../../domain/text.ts';
import { criterionAt, toCriteriaLines } from '../../domain/rules/criteria-lines.ts';
import { chooseNext, insertCompletion, itemToTake, NO_COMPLETIONS } from '../completing.ts';
import type { Dialog } from '../dialog.ts';
import type { Chord } from '../keymap.ts';
import { FOCUS, foundFocus, type RuleDraft, type RuleEditor } from '../rules/rule-editor.ts';
import { criteriaOf, problemOf, rulesToMake } from '../rules/write-rule.ts';
import { chosenAnalyzers } from '../rules/rule-places.ts';
import { foundRows } from '../selectors/rule-layout.ts';
import type { AppState } from '../state.ts';
import { editField, emptyField, fieldOf, insertText, type TextField } from '../text-field.ts';
import { closeDialog } from './dialog.ts';
import { askPlan } from './plan.ts';
import { completeCriterion } from './rule-completion.ts';
import { isPicking, openPicker, pickerKey, pickerPaste } from './rule-picker.ts';
import { scrollFound, showEditor, tryRule } from './rule-trial.ts';
import type { Step } from './step.ts';
import { chain, stay, step } from './step.ts';
import { clamp } from './window.ts';

/** Writing a rule: every change of its criteria or places is tried on the store at once. */

type Open = Extract<Dialog, { kind: 'rule' }>;

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
    named: draft.editing !== undefined,
    chosen: new Set(draft.chosen),
    picker: undefined,
    apply: true,
    lines: linesOf(draft.sources[0]?.criteria ?? {}),
    focus: FOCUS.source,
    completing: NO_COMPLETIONS,
    serial: 0,
    trial: undefined,
    found: { offset: 0, rows: [] },
    top: 0,
  };
}

export function ruleEditorKey(state: AppState, dialog: Open, chord: Chord): Step {
  if (isPicking(dialog)) return pickerKey(state, dialog, chord);
  const completed = completionKey(state, dialog, chord);
  if (completed !== undefined) return completed;
  if (chord === 'esc') return leave(state, dialog);
  const { leaving: _asked, ...calm } = dialog;
  return editorKey(state, calm, chord);
}

/** What a person has written is not lost by one key. */
function leave(state: AppState, dialog: Open): Step {
  const begun = linesOf(dialog.draft.sources[dialog.source]?.criteria ?? {});
  const isWritten = dialog.lines.some(({ text }, at) => text !== (begun[at]?.text ?? ''));
  return dialog.leaving === true || !isWritten
    ? stay(closeDialog(state))
    : stay(showEditor(state, { ...dialog, leaving: true }));
}

/** While completions are shown they come first, as in the filter. */
function completionKey(state: AppState, dialog: Open, chord: Chord): Step | undefined {
  const { completing } = dialog;
  if (completing.completions.length === 0) return undefined;
  const choose = (by: number): Step =>
    stay(showEditor(state, { ...dialog, completing: { ...completing, chosen: chooseNext(completing, by) } }));
  switch (chord) {
    case 'esc':
      return stay(showEditor(state, { ...dialog, completing: NO_COMPLETIONS }));
    case 'tab':
      return takeCompletion(state, dialog);
    case 'enter':
      return completing.chosen < 0 ? undefined : takeCompletion(state, dialog);
    case 'down':
    case 'ctrl+n':
      return choose(1);
    case 'up':
    case 'ctrl+p':
      return completing.chosen < 0 ? undefined : choose(-1);
    default:
      return undefined;
  }
}

function editorKey(state: AppState, dialog: Open, chord: Chord): Step {
  switch (chord) {
    case 'enter':
      return submit(state, dialog);
    case 'shift+tab':
      return focusOn(state, dialog, dialog.focus - 1);
    case 'tab':
      return askCompletion(state, dialog) ?? focusOn(state, dialog, dialog.focus + 1);
    case 'pgdown':
      return scrollFound(state, dialog, foundRows(dialog, state.viewport));
    case 'pgup':
      return scrollFound(state, dialog, -foundRows(dialog, state.viewport));
    default:
      return dialog.focus === foundFocus(dialog)
        ? foundKey(state, dialog, chord)
        : fieldKey(state, dialog, chord);
  }
}

/** Down to the findings where there are some; up again. */
function focusOn(state: AppState, dialog: Open, wanted: number): Step {
  const last = foundFocus(dialog) - ((dialog.trial?.wouldArchive ?? 0) > 0 ? 0 : 1);
  const focus = clamp(wanted, 0, last);
  if (focus === dialog.focus) return stay(state);
  const moved: RuleEditor = { ...dialog, focus, completing: NO_COMPLETIONS };
  // A criterion that was left half-written is an error now.
  return criteriaOf(dialog).ok ? stay(showEditor(state, moved)) : tryRule(state, moved);
}

const FOUND_MOVES: Readonly<Record<Chord, number>> = {
  down: 1,
  j: 1,
  k: -1,
  home: -Infinity,
  g: -Infinity,
  end: Infinity,
  G: Infinity,
};

function foundKey(state: AppState, dialog: Open, chord: Chord): Step {
  if (chord === 'up')
    return dialog.top === 0 ? focusOn(state, dialog, dialog.focus - 1) : scrollFound(state, dialog, -1);
  const by = Object.hasOwn(FOUND_MOVES, chord) ? FOUND_MOVES[chord] : undefined;
  return by === undefined ? stay(state) : scrollFound(state, dialog, by);
}

/** Arrows choose; everything else edits text. */
function fieldKey(state: AppState, dialog: Open, chord: Chord): Step {
  if (chord === 'down' || chord === 'up')
    return focusOn(state, dialog, dialog.focus + (chord === 'down' ? 1 : -1));
  const by = chord === 'right' || chord === 'space' ? 1 : chord === 'left' ? -1 : 0;
  switch (dialog.focus) {
    case FOCUS.source:
      return by === 0 ? stay(state) : chooseSource(state, dialog, by);
    case FOCUS.places:
      return by === 0 ? stay(state) : openPicker(state, dialog);
    case FOCUS.apply:
      return by === 0 ? stay(state) : showEdited(state, { ...dialog, apply: !dialog.apply });
    default:
      return editText(state, dialog, (field) => editField(field, chord));
  }
}

/** A field that does not say which findings are meant. An error was said of what stood there: it goes unless it still holds. */
const showEdited = (state: AppState, editor: RuleEditor): Step =>
  editor.problem === undefined ? stay(showEditor(state, editor)) : tryRule(state, editor);

function editText(state: AppState, dialog: Open, edit: (field: TextField) => TextField | undefined): Step {
  if (dialog.focus === FOCUS.name) {
    const name = edit(dialog.name);
    return name === undefined || dialog.draft.editing !== undefined
      ? stay(state)
      : showEdited(state, { ...dialog, name, named: true });
  }
  const field = dialog.lines[dialog.focus - FOCUS.firstLine];
  const edited = field === undefined ? undefined : edit(field);
  return edited === undefined ? stay(state) : setLine(state, dialog, edited);
}

/** Another way to say it. */
function chooseSource(state: AppState, dialog: Open, by: number): Step {
  const { sources } = dialog.draft;
  const source = (dialog.source + by + sources.length) % Math.max(1, sources.length);
  return tryRule(state, { ...dialog, source, lines: linesOf(sources[source]?.criteria ?? {}) });
}

/** There is always one empty line at the end; what could stand at the caret follows what is typed. */
function setLine(state: AppState, dialog: Open, field: TextField, offers = true): Step {
  const at = dialog.focus - FOCUS.firstLine;
  const lines = dialog.lines.map((each, index) => (index === at ? field : each));
  const ended = lines.at(-1)?.text === '' ? lines : [...lines, emptyField];
  const changed: RuleEditor = { ...dialog, lines: ended, completing: NO_COMPLETIONS };
  if (dialog.lines[at]?.text === field.text) return stay(showEditor(state, changed));
  if (!offers || field.text.trim() === '') return tryRule(state, changed);
  const [completing, effects] = completeCriterion(changed, field);
  return chain([state, effects], (after) => tryRule(after, { ...changed, completing }));
}

/** A value ends what one wanted to write; after a key or an operator more must follow, and is offered. */
function takeCompletion(state: AppState, dialog: Open): Step {
  const field = dialog.lines[dialog.focus - FOCUS.firstLine];
  const item = itemToTake(dialog.completing);
  if (field === undefined || item === undefined) return stay(state);
  const { part } = criterionAt(field.text, field.caret);
  return setLine(state, dialog, insertCompletion(field, item), part !== 'value');
}

/** Tab where something must still be written offers what could. */
function askCompletion(state: AppState, dialog: Open): Step | undefined {
  const field = dialog.lines[dialog.focus - FOCUS.firstLine];
  if (field === undefined || criterionAt(field.text, field.caret).typed !== '') return undefined;
  const [completing, effects] = completeCriterion(dialog, field);
  return step(showEditor(state, { ...dialog, completing }), ...effects);
}

export function ruleEditorPaste(state: AppState, dialog: Open, text: string): Step {
  return isPicking(dialog)
    ? pickerPaste(state, dialog, text)
    : editText(state, dialog, (field) => insertText(field, text));
}

/** To the dialog that says exactly what would be sent; what AWS would refuse is said here. */
function submit(state: AppState, dialog: Open): Step {
  const rules = rulesToMake(dialog);
  const wrong = rules.ok ? problemOf(dialog, rules.value) : rules.problem;
  if (wrong !== undefined || !rules.ok)
    return stay(showEditor(state, { ...dialog, problem: cleanText(wrong?.message ?? '') }));
  const { openedAt: _opened, ...back } = dialog;
  return askPlan(
    closeDialog(state),
    {
      kind: 'rule-set',
      rules: rules.value,
      analyzers: chosenAnalyzers(dialog),
      apply: dialog.apply,
      replace: dialog.draft.editing !== undefined,
    },
    back,
  );
}

import { formatNumber } from '../../domain/format-count.ts';
import { CRITERIA_KEYS } from '../../domain/criteria.ts';
import type { ValueCount } from '../../domain/listing.ts';
import { criterionAt, type CriterionPart } from '../../domain/rules/criteria-lines.ts';
import { cleanText } from '../../domain/text.ts';
import { type Completing, type CompletionItem, NO_COMPLETIONS } from '../completing.ts';
import type { RuleAnswer } from '../rules/rule-effects.ts';
import { FOCUS, type RuleEditor } from '../rules/rule-editor.ts';
import { chosenAnalyzers } from '../rules/rule-places.ts';
import type { Effect } from '../effect.ts';
import type { AppState } from '../state.ts';
import type { TextField } from '../text-field.ts';
import { changeDialog } from './dialog.ts';
import type { Step } from './step.ts';
import { stay } from './step.ts';

/** What could stand at the caret of a criterion: keys and values with how many active findings carry them. */

const KEYS = CRITERIA_KEYS.filter(({ use }) => use === 'list-and-rule');

const OPERATORS: readonly (readonly [operator: string, means: string])[] = [
  ['=', 'one of these values, separated by |'],
  ['≠', 'none of these values'],
  ['contains', 'any of these texts somewhere in it'],
  ['exists', 'has a value, whatever it is'],
  ['does not exist', 'has no value'],
];

/** Operators that are followed by values. */
const takesValues = (operator: string): boolean => !operator.includes('exist');

function operatorItems({ typed, from, to }: CriterionPart): readonly CompletionItem[] {
  return OPERATORS.filter(([operator]) => operator.startsWith(typed) && operator !== typed).map(
    ([operator, means]) => ({
      insert: takesValues(operator) ? `${operator} ` : operator,
      from,
      to,
      hint: means,
    }),
  );
}

/** Completions that need no asking, and the question for those that do. */
export function completeCriterion(
  editor: RuleEditor,
  { text, caret }: TextField,
): readonly [Completing, readonly Effect[]] {
  const at = criterionAt(text, caret);
  if (at.part === 'operator') return [{ completions: operatorItems(at), chosen: -1 }, []];
  const question = {
    ...(at.part === 'value' ? { key: at.key } : {}),
    typed: at.typed,
    analyzers: chosenAnalyzers(editor),
  };
  return [NO_COMPLETIONS, [{ kind: 'load-criteria-values', text, question }]];
}

export function criteriaValuesLoaded(
  state: AppState,
  { text, values }: Extract<RuleAnswer, { kind: 'criteria-values-loaded' }>,
): Step {
  const { dialog } = state;
  if (dialog?.kind !== 'rule') return stay(state);
  const field = dialog.lines[dialog.focus - FOCUS.firstLine];
  if (field?.text !== text) return stay(state);
  const at = criterionAt(text, field.caret);
  const completions = at.part === 'key' ? keyItems(at, text, values) : valueItems(at, values);
  return stay(changeDialog(state, dialog, { ...dialog, completing: { completions, chosen: -1 } }));
}

const NOWHERE = 'no active finding';

/** What is found, then what AWS knows besides. */
function withOthers(
  found: readonly ValueCount[],
  known: readonly string[],
  typed: string,
): readonly ValueCount[] {
  const part = typed.toLowerCase();
  const others = known.filter(
    (value) => value.toLowerCase().includes(part) && found.every((each) => each.value !== value),
  );
  return [...found, ...others.map((value) => ({ value, count: 0 }))];
}

const countHint = (count: number): string => (count === 0 ? NOWHERE : formatNumber(count));

function keyItems(at: CriterionPart, text: string, found: readonly ValueCount[]): readonly CompletionItem[] {
  const blank = /^\s/.test(text.slice(at.to)) ? '' : ' ';
  const keys = KEYS.map(({ key }) => key);
  return withOthers(found, keys, at.typed)
    .filter(({ value }) => canBeWritten(value) && !/\s/.test(value))
    .map(({ value, count }) => ({
      insert: value + blank,
      from: at.from,
      to: at.to,
      hint: countHint(count) + (keys.includes(value) ? '' : ' · not documented by AWS'),
    }));
}

function valueItems(at: CriterionPart, found: readonly ValueCount[]): readonly CompletionItem[] {
  const known = KEYS.find(({ key }) => key === at.key)?.values ?? [];
  return withOthers(found, known, at.typed)
    .filter(({ value }) => canBeWritten(value) && value !== at.typed && !at.others.includes(value))
    .map(({ value, count }) => ({ insert: value, from: at.from, to: at.to, hint: countHint(count) }));
}

/** A criterion holds the very value: one that a line cannot show as it is, is not offered. */
const canBeWritten = (value: string): boolean =>
  value === value.trim() && !value.includes('|') && cleanText(value) === value;

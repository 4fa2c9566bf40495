import type { Criteria } from '../../domain/archive-rule.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import { fromCriteriaLines } from '../../domain/rules/criteria-lines.ts';
import { checkRuleCriteria, checkRuleName } from '../../domain/rules/limits.ts';
import { proposeRuleName } from '../../domain/rules/rule-name.ts';
import { type NamedCriteria, splitRule } from '../../domain/rules/split-rule.ts';
import { FOCUS, type RuleEditor, type RulePlace, type TrialRequest } from './rule-editor.ts';
import { chosenAnalyzers, chosenPlaces } from './rule-places.ts';

/** From what stands in the editor to rules, and what is wrong with them. */

export const criteriaOf = ({ lines }: Pick<RuleEditor, 'lines'>): Result<Criteria> =>
  fromCriteriaLines(lines.map(({ text }) => text));

/** What can be tried: the criterion that is being typed counts once it says something. */
export function triedCriteria({ lines, focus }: Pick<RuleEditor, 'lines' | 'focus'>): Result<Criteria> {
  const whole = criteriaOf({ lines });
  return whole.ok ? whole : criteriaOf({ lines: lines.filter((_, at) => at !== focus - FOCUS.firstLine) });
}

/** The rule that is written; more than one where a criterion has more values than AWS takes. */
export function rulesToMake(editor: Pick<RuleEditor, 'lines' | 'name'>): Result<readonly NamedCriteria[]> {
  const criteria = criteriaOf(editor);
  return criteria.ok ? splitRule({ name: editor.name.text.trim(), filter: criteria.value }) : criteria;
}

/** A name that says what the rule archives, and that no analyzer has. */
export const nameOf = ({ draft }: Pick<RuleEditor, 'draft'>, criteria: Criteria): string =>
  draft.editing ??
  proposeRuleName(
    criteria,
    draft.places.flatMap(({ rules }) => rules),
  );

export const trialRequest = (editor: RuleEditor, criteria: Criteria): TrialRequest => ({
  criteria,
  analyzers: chosenAnalyzers(editor),
  editing: editor.draft.editing,
});

/** Analyzers that are ticked and have a rule of this name; the one that is edited is meant to be there. */
export const placesWithName = (editor: RuleEditor, name: string): readonly RulePlace[] =>
  name === editor.draft.editing ? [] : chosenPlaces(editor).filter(({ rules }) => rules.includes(name));

/** "eu-west-1/main" */
export const placeName = ({ analyzer }: RulePlace): string => `${analyzer.region}/${analyzer.name}`;

/** Why these rules cannot be asked for; undefined: they can. */
export function problemOf(editor: RuleEditor, rules: readonly NamedCriteria[]): Problem | undefined {
  if (editor.chosen.size === 0)
    return { kind: 'invalid', message: 'A rule belongs to an analyzer: tick one or more.' };
  for (const { name, filter } of rules) {
    const wrong = checkRuleName(name) ?? checkRuleCriteria(filter);
    if (wrong !== undefined) return wrong;
    const [taken] = placesWithName(editor, name);
    if (taken !== undefined)
      return {
        kind: 'conflict',
        message: `${placeName(taken)} has a rule ${name} already: write another name.`,
      };
  }
  return undefined;
}

import type { Criteria } from '../../domain/archive-rule.ts';
import { fail, type Problem, type Result, succeed } from '../../domain/problem.ts';
import { checkRuleCriteria, splitCriteria } from '../../domain/rules/limits.ts';
import { planSetRules } from '../../triage/rules/plan-rules.ts';
import type { NamedCriteria } from '../../triage/rules/rule-target.ts';
import { runPlanCommand } from '../plan-command.ts';
import { chooseAnalyzers, chooseCriteria } from './choose.ts';
import { createRuleFacts, placeEach } from './rule-facts.ts';
import type { RulesCommand } from './rules-command.ts';

/** `rules create NAME --analyzer ARN --filter FILTER`: on each analyzer named, in one plan. */
export const create: RulesCommand = async (input) => {
  const { options, positionals, service } = input;
  const [name = ''] = positionals;
  if (options.texts('analyzer').length === 0) return noAnalyzer;
  const analyzers = chooseAnalyzers(input);
  if (!analyzers.ok) return analyzers.problem;
  const criteria = chooseCriteria(input, analyzers.value);
  if (!criteria.ok) return criteria.problem;
  const rules = toRules(name, criteria.value, options.flag('split'));
  if (!rules.ok) return rules.problem;
  const targets = service.targets(analyzers.value);
  const reason = options.text('reason');
  const plan = planSetRules({
    rules: rules.value,
    targets,
    apply: options.flag('apply'),
    onTaken: 'refuse',
    ...(reason === undefined ? {} : { reason }),
  });
  if (!plan.ok) return plan.problem;
  const filters = rules.value.map(({ filter }) => filter);
  return runPlanCommand(input, plan.value, createRuleFacts(placeEach(filters, targets)));
};

/** One rule, or with --split as many as its values need: `name`, `name-2`, … */
function toRules(name: string, criteria: Criteria, split: boolean): Result<readonly NamedCriteria[]> {
  const parts = splitCriteria(criteria);
  if (!parts.ok) return parts;
  const { length } = parts.value;
  if (length <= 1) return succeed([{ name, filter: criteria }]);
  const tooMany = checkRuleCriteria(criteria);
  if (!split && tooMany !== undefined)
    return fail({ ...tooMany, hint: `Make ${length} rules of it with --split, or write it with *text*.` });
  return succeed(
    parts.value.map((filter, index) => ({ name: index === 0 ? name : `${name}-${index + 1}`, filter })),
  );
}

const noAnalyzer: Problem = {
  kind: 'usage',
  message: 'A rule belongs to an analyzer: name one or more with --analyzer.',
  hint: 'An ARN, a name, REGION/NAME, or external for every active external analyzer.',
};

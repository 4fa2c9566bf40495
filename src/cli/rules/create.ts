import { fail, type Problem, type Result } from '../../domain/problem.ts';
import { checkRuleCriteria } from '../../domain/rules/limits.ts';
import { type NamedCriteria, splitRule } from '../../domain/rules/split-rule.ts';
import { planSetRules } from '../../triage/rules/plan-rules.ts';
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
  const rules = toRules({ name, filter: criteria.value }, options.flag('split'));
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

/** One rule; as many as its values need only with --split. */
function toRules(rule: NamedCriteria, split: boolean): Result<readonly NamedCriteria[]> {
  const rules = splitRule(rule);
  if (!rules.ok || rules.value.length === 1 || split) return rules;
  const tooMany = checkRuleCriteria(rule.filter);
  if (tooMany === undefined) return rules;
  const hint = `Make ${rules.value.length} rules of it with --split, or write it with *text*.`;
  return fail({ ...tooMany, hint });
}

const noAnalyzer: Problem = {
  kind: 'usage',
  message: 'A rule belongs to an analyzer: name one or more with --analyzer.',
  hint: 'An ARN, a name, REGION/NAME, or external for every active external analyzer.',
};

import type { Criteria } from '../../domain/archive-rule.ts';
import type { Problem } from '../../domain/problem.ts';
import { diffCriteria } from '../../domain/rules/criteria-text.ts';
import { cleanText } from '../../domain/text.ts';
import { planSetRules } from '../../triage/rules/plan-rules.ts';
import { ruleNamed, type RuleTarget, targetText } from '../../triage/rules/rule-target.ts';
import { runPlanCommand } from '../plan-command.ts';
import { chooseCriteria, chooseHaving } from './choose.ts';
import { createRuleFacts, placeEach } from './rule-facts.ts';
import type { RulesCommand } from './rules-command.ts';

/** `rules update NAME --filter FILTER`: replaces the whole filter on every analyzer that has the rule, shown as a diff. */
export const update: RulesCommand = async (input) => {
  const { options, positionals } = input;
  const [name = ''] = positionals;
  const targets = chooseHaving(input, name);
  if (!targets.ok) return targets.problem;
  const having = targets.value.filter((target) => ruleNamed(target, name) !== undefined);
  if (having.length === 0) return noSuchRule(name);
  const analyzers = having.map(({ analyzer }) => analyzer);
  const criteria = chooseCriteria(input, analyzers);
  if (!criteria.ok) return criteria.problem;
  const filter = criteria.value;
  const reason = options.text('reason');
  const plan = planSetRules({
    rules: [{ name, filter }],
    targets: having,
    apply: options.flag('apply'),
    onTaken: 'replace',
    ...(reason === undefined ? {} : { reason }),
  });
  if (!plan.ok) return plan.problem;
  const facts = createRuleFacts(placeEach([filter], having));
  const text = facts.text + having.map((target) => formatDiff(target, name, filter)).join('');
  return runPlanCommand(input, plan.value, { ...facts, text });
};

function formatDiff(target: RuleTarget, name: string, filter: Criteria): string {
  const { removed, added, kept } = diffCriteria(ruleNamed(target, name)?.filter ?? {}, filter);
  const lines = [
    `${targetText(target)}:`,
    ...removed.map((line) => `  - ${line}`),
    ...added.map((line) => `  + ${line}`),
    ...kept.map((line) => `    ${line}`),
  ];
  return `${lines.map(cleanText).join('\n')}\n`;
}

const noSuchRule = (name: string): Problem => ({
  kind: 'not-found',
  message: `No analyzer has an archive rule ${cleanText(name)}.`,
  hint: 'See which there are: iam-triage rules list',
});

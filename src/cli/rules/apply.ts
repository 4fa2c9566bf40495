import { planApplyRule } from '../../triage/rules/plan-rules.ts';
import { ruleNamed } from '../../triage/rules/rule-target.ts';
import { runPlanCommand } from '../plan-command.ts';
import { chooseHaving } from './choose.ts';
import { createRuleFacts } from './rule-facts.ts';
import type { RulesCommand } from './rules-command.ts';

/** `rules apply NAME`: archives what the rule means among the findings that exist. */
export const apply: RulesCommand = async (input) => {
  const [name = ''] = input.positionals;
  const targets = chooseHaving(input, name);
  if (!targets.ok) return targets.problem;
  const reason = input.options.text('reason');
  const plan = planApplyRule({
    name,
    targets: targets.value,
    ...(reason === undefined ? {} : { reason }),
  });
  if (!plan.ok) return plan.problem;
  return runPlanCommand(
    input,
    plan.value,
    createRuleFacts(
      targets.value.flatMap((target) => {
        const rule = ruleNamed(target, name);
        return rule === undefined ? [] : [{ filter: rule.filter, target }];
      }),
    ),
  );
};

import { planDeleteRule } from '../../triage/rules/plan-rules.ts';
import { runPlanCommand } from '../plan-command.ts';
import { chooseHaving } from './choose.ts';
import type { RulesCommand } from './rules-command.ts';

/** `rules delete NAME [--unarchive]`: deleting alone un-archives nothing. */
export const deleteRule: RulesCommand = async (input) => {
  const { options, positionals } = input;
  const [name = ''] = positionals;
  const targets = chooseHaving(input, name);
  if (!targets.ok) return targets.problem;
  const reason = options.text('reason');
  const plan = planDeleteRule({
    name,
    targets: targets.value,
    unarchive: options.flag('unarchive'),
    ...(reason === undefined ? {} : { reason }),
  });
  return plan.ok ? runPlanCommand(input, plan.value) : plan.problem;
};

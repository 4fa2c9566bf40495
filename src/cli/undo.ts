import { createChangeService } from '../services/change-service.ts';
import type { Command } from './command.ts';
import { runPlanCommand } from './plan-command.ts';

/** `undo [ENTRY]`: takes an entry of the journal back, after checking that nothing has moved since. */
export const undo: Command = async (input) => {
  const [text] = input.positionals;
  if (text !== undefined && !/^[1-9]\d{0,8}$/.test(text)) {
    return {
      kind: 'usage',
      message: `"${text}" is not the number of a journal entry.`,
      hint: 'See `iam-triage journal`.',
    };
  }
  const plan = await createChangeService(input.runtime).planUndo(
    text === undefined ? undefined : Number(text),
  );
  return plan.ok ? runPlanCommand(input, plan.value) : plan.problem;
};

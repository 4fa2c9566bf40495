import type { JournalEntry } from '../domain/journal.ts';
import type { Problem } from '../domain/problem.ts';
import { cleanText } from '../domain/text.ts';
import { createChangeService } from '../services/change-service.ts';
import type { Command } from './command.ts';
import { runPlanCommand } from './plan-command.ts';

/**
 * `undo [ENTRY]`: takes an entry of the journal back, after checking that nothing has moved since. What a program that
 * was killed left in flight is read back first: nothing else closes it where no console is ever opened.
 */
export const undo: Command = async (input) => {
  const [text] = input.positionals;
  if (text !== undefined && !/^[1-9]\d{0,8}$/.test(text)) {
    return {
      kind: 'usage',
      message: `"${text}" is not the number of a journal entry.`,
      hint: 'See `iam-triage journal`.',
    };
  }
  const service = createChangeService(input.runtime);
  const recovered = await service.recover();
  if (!recovered.ok) return recovered.problem;
  for (const { entry, unread } of recovered.value)
    if (unread === undefined) input.io.err.write(formatReadBack(entry));
  const entryId = text === undefined ? undefined : Number(text);
  const plan = await service.planUndo(entryId);
  // Without a number the last one is meant, and not the one before it because that one could be read.
  const isMeant = (id: number): boolean =>
    entryId === undefined ? id > (plan.ok ? (plan.value.of ?? 0) : 0) : id === entryId;
  const unread = recovered.value.find((each) => each.unread !== undefined && isMeant(each.entry.id));
  if (unread?.unread !== undefined) return unreadProblem(unread.entry, unread.unread);
  return plan.ok ? runPlanCommand(input, plan.value) : plan.problem;
};

const formatReadBack = ({ id, title, state }: JournalEntry): string =>
  `Entry ${id} (${cleanText(title)}) was cut short. As read back from AWS it is ${state}.\n`;

const unreadProblem = ({ id, title }: JournalEntry, problem: Problem): Problem => ({
  ...problem,
  message: `Entry ${id} (${title}) was cut short, and not all of it could be read back: ${problem.message}`,
  hint: `Try again once AWS answers: iam-triage undo ${id}`,
});

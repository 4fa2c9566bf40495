import type { FindingOutcome, JournalOperation } from '../domain/journal.ts';
import { fail, type Result, succeed, toProblem } from '../domain/problem.ts';
import type { Attempt, Executor, ExecutorContext, OperationResult } from './executors/executor.ts';
import { unsentResult } from './finding-outcomes.ts';
import type { JournalStore } from './ports.ts';

export type OperationRecord = Parameters<JournalStore['setOperation']>[2];

export interface Task {
  readonly executor: Executor;
  readonly operation: JournalOperation;
  /** Writes to the journal what becomes of it; where that throws, nothing more is sent. */
  readonly note: (record: OperationRecord) => void;
}

export interface Done {
  readonly attempt: Attempt;
  readonly result: OperationResult;
}

/** One operation: look, note that it is sent, send, read back. Throws only what the journal throws. */
export async function sendAndReadBack(task: Task, context: ExecutorContext): Promise<Done> {
  const { executor, operation, note } = task;
  const looked = await look(executor, operation, context);
  if (!looked.ok) return unsent(operation, { sent: false, problem: looked.problem });
  const settled = looked.value.length === 0 ? {} : { outcomes: looked.value };
  // With what was found: after a crash, too, nobody takes it for this entry's doing.
  note({ state: 'sent', at: context.clock.now(), ...settled });
  const open = { ...operation, ...settled };
  const attempt = await send(executor, open, context);
  if (!attempt.sent && attempt.problem !== undefined) return unsent(operation, attempt);
  return { attempt, result: await executor.readBack(open, attempt, context) };
}

const unsent = (operation: JournalOperation, attempt: Attempt): Done => ({
  attempt,
  result: unsentResult(operation, attempt.problem ?? { kind: 'bug', message: 'It was never sent.' }),
});

async function look(
  executor: Executor,
  operation: JournalOperation,
  context: ExecutorContext,
): Promise<Result<readonly FindingOutcome[]>> {
  try {
    return succeed((await executor.look?.(operation, context)) ?? []);
  } catch (thrown) {
    return fail(toProblem(thrown));
  }
}

async function send(
  executor: Executor,
  operation: JournalOperation,
  context: ExecutorContext,
): Promise<Attempt> {
  try {
    return await executor.execute(operation, context);
  } catch (thrown) {
    return { sent: true, problem: toProblem(thrown) };
  }
}

import { cellText, type IamState, sameState } from '../../domain/iam/cell.ts';
import { type IamCall, iamCallFor } from '../../domain/iam/call.ts';
import type { IamBackup, IamChange } from '../../domain/journal.ts';
import { type Problem, ProblemError, toProblem } from '../../domain/problem.ts';
import type { IamChanger } from '../ports.ts';
import {
  type Attempt,
  type Executor,
  type ExecutorContext,
  mayCome,
  type OperationOf,
  type OperationResult,
  prepareAndSend,
  SO_ALREADY,
} from './executor.ts';

type IamOperation = OperationOf<IamChange>;

/**
 * One step of a fix. Before it is sent the state is read: what is already as wanted is not sent, and what somebody changed
 * or used since the plan was made is left alone. What was sent is read back; a lost answer is therefore no failure.
 */
export const iam: Executor<IamChange> = { execute, readBack };

async function execute(operation: IamOperation, context: ExecutorContext): Promise<Attempt> {
  const far = accountOf(operation, context);
  return prepareAndSend(
    () => callToSend(operation.change, far, context.signal),
    (call) => far.send(call, context.signal),
  );
}

/** undefined: it is as wanted already. Throws what stands in the way. */
async function callToSend(
  { backup }: IamChange,
  far: IamChanger,
  signal: AbortSignal | undefined,
): Promise<IamCall | undefined> {
  const present = await far.read(backup.cell, signal);
  if (sameState(present, backup.after)) return undefined;
  if (!sameState(present, backup.before)) throw new ProblemError(movedProblem(present, backup));
  await refuseIfUsed(backup, far, signal);
  const call = iamCallFor(backup.cell, backup.before, backup.after);
  if (call === undefined)
    throw new ProblemError({ kind: 'bug', message: `No call makes ${cellText(backup.cell)}.` });
  return call;
}

const accountOf = (
  { profile, change }: IamOperation,
  { gateway }: Pick<ExecutorContext, 'gateway'>,
): IamChanger => {
  const { account, assumeRole } = change.backup;
  return gateway.iam({ profile, account, ...(assumeRole === undefined ? {} : { assumeRole }) });
};

/** What came to life again since the plan was made must not be taken away. */
async function refuseIfUsed({ lastUse }: IamBackup, far: IamChanger, signal?: AbortSignal): Promise<void> {
  if (lastUse === undefined) return;
  const now = await far.lastUse(lastUse.of, signal);
  if (now === undefined || (lastUse.at !== null && now <= lastUse.at)) return;
  throw new ProblemError({
    kind: 'conflict',
    message: `The ${cellText(lastUse.of)} was used again at ${new Date(now).toISOString()}, after the plan was made.`,
    hint: 'Find out who uses it; refresh with iam-triage sync, and archive the finding if it is needed.',
  });
}

function movedProblem(present: IamState, { cell, before }: IamBackup): Problem {
  const what = cellText(cell);
  const message =
    present === null
      ? `The ${what} does not exist any more.`
      : before === null
        ? `The ${what} is there already, another than planned.`
        : `The ${what} was changed since the plan was made; nothing was sent.`;
  return { kind: 'conflict', message, hint: 'Look at it again, then plan the change anew.' };
}

/** IAM is eventually consistent: a read may lag a write by seconds (IAM User Guide, "Troubleshooting IAM"). */
const READ_AGAIN_AFTER_MS = [400, 1600, 4000];

async function readBack(
  operation: IamOperation,
  attempt: Attempt,
  context: ExecutorContext,
): Promise<OperationResult> {
  const { backup } = operation.change;
  try {
    // Throws for a profile that was not asked for: an entry of another start may be of any.
    const far = accountOf(operation, context);
    const waits = mayCome(attempt) ? READ_AGAIN_AFTER_MS : [];
    let present = await far.read(backup.cell);
    for (const wait of waits) {
      if (sameState(present, backup.after)) break;
      await context.clock.sleep(wait);
      present = await far.read(backup.cell);
    }
    if (!sameState(present, backup.after)) return { state: 'failed', error: whyNot(attempt, backup) };
    markProof(backup, context);
    return attempt.sent ? { state: 'done' } : { state: 'done', error: SO_ALREADY };
  } catch (thrown) {
    const cause = attempt.problem === undefined ? '' : `${attempt.problem.message} `;
    const error = `${cause}The ${cellText(backup.cell)} could not be read back: ${toProblem(thrown).message}`;
    return { state: 'failed', error, unread: true };
  }
}

const whyNot = ({ sent, problem }: Attempt, { cell }: IamBackup): string =>
  problem?.message ??
  (sent
    ? `AWS took the request, but the ${cellText(cell)} is not as wanted.`
    : 'The request was never sent.');

function markProof({ proof }: IamBackup, { store, clock }: ExecutorContext): void {
  if (proof !== undefined) store.setFixedMark(proof.exposureId, proof.awaited ? clock.now() : undefined);
}

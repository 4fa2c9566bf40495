import type { Finding } from '../../domain/finding.ts';
import type { UpdateFindingsChange } from '../../domain/journal.ts';
import { type Problem, toProblem } from '../../domain/problem.ts';
import { toOutcome, toResult, toUnread, wishesOf } from '../finding-outcomes.ts';
import type { Attempt, Executor, ExecutorContext, OperationOf } from './executor.ts';
import { isAboutIds, isolate } from './isolate.ts';

type UpdateFindings = OperationOf<UpdateFindingsChange>;

/** Waits before reading again a finding that has not moved although the request was taken: reads may lag writes. */
const READ_AGAIN_AFTER_MS = [400, 1600];

/** Archiving and unarchiving: UpdateFindings with explicit ids, then ListFindings to see what became of them. */
export const updateFindings: Executor<UpdateFindingsChange> = { execute, readBack };

async function execute(operation: UpdateFindings, context: ExecutorContext): Promise<Attempt> {
  const { change, clientToken } = operation;
  const options = { clientToken, ...(context.signal === undefined ? {} : { signal: context.signal }) };
  try {
    await regionOf(operation, context).updateFindings(
      operation.analyzerArn,
      change.ids,
      change.status,
      options,
    );
    return { sent: true };
  } catch (thrown) {
    const problem = toProblem(thrown);
    return isAboutIds(problem) ? isolate(operation, problem, context) : { sent: true, problem };
  }
}

async function readBack(operation: UpdateFindings, attempt: Attempt, context: ExecutorContext) {
  const wishes = wishesOf(operation);
  const read = await readUntilSettled(operation, attempt, context);
  if ('problem' in read) {
    return toResult(
      wishes.map((wish) => toUnread(wish, attempt, read.problem)),
      attempt,
    );
  }
  const outcomes = wishes.map((wish) => toOutcome(wish, read.found.get(wish.ref.id), attempt));
  keep(operation, read.found, context);
  return toResult(outcomes, attempt);
}

type Read = { readonly found: ReadonlyMap<string, Finding> } | { readonly problem: Problem };

async function readUntilSettled(
  operation: UpdateFindings,
  attempt: Attempt,
  context: ExecutorContext,
): Promise<Read> {
  let read = await readOnce(operation, context);
  if (!attempt.sent || attempt.problem !== undefined) return read;
  for (const wait of READ_AGAIN_AFTER_MS) {
    if ('problem' in read || isSettled(operation, attempt, read.found)) return read;
    await context.clock.sleep(wait, context.signal);
    read = await readOnce(operation, context);
  }
  return read;
}

/** Without the signal: after a cancel the truth is still wanted, and a request has its own time limit. */
async function readOnce(operation: UpdateFindings, context: ExecutorContext): Promise<Read> {
  const { profile, analyzerArn, change } = operation;
  try {
    const findings = await regionOf(operation, context).readFindings(analyzerArn, profile, change.ids);
    return { found: new Map(findings.map((finding) => [finding.id, finding])) };
  } catch (thrown) {
    return { problem: toProblem(thrown) };
  }
}

function isSettled(
  { change }: UpdateFindings,
  attempt: Attempt,
  found: ReadonlyMap<string, Finding>,
): boolean {
  return change.ids.every((id) => {
    const status = found.get(id)?.status;
    return (
      status === undefined ||
      status === change.status ||
      status === 'RESOLVED' ||
      attempt.refused?.has(id) === true
    );
  });
}

function keep(
  operation: UpdateFindings,
  found: ReadonlyMap<string, Finding>,
  context: ExecutorContext,
): void {
  const { profile, region, analyzerArn, change } = operation;
  const now = context.clock.now();
  for (const id of change.ids) {
    const finding = found.get(id);
    if (finding === undefined) context.store.markGone({ profile, region, analyzerArn, id }, now);
    else context.store.saveFinding(finding, now);
  }
}

const regionOf = ({ profile, region }: UpdateFindings, { gateway }: ExecutorContext) =>
  gateway.at({ profile, region });

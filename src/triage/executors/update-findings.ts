import type { Finding } from '../../domain/finding.ts';
import type { FindingOutcome, UpdateFindingsChange } from '../../domain/journal.ts';
import { type Problem, toProblem } from '../../domain/problem.ts';
import { settledBefore, settledOf, toOutcome, toResult, toUnread, wishesOf } from '../finding-outcomes.ts';
import { type Attempt, type Executor, type ExecutorContext, mayCome, type OperationOf } from './executor.ts';
import { isAboutIds, isolate } from './isolate.ts';

type UpdateFindings = OperationOf<UpdateFindingsChange>;

/** Waits before reading again a finding that has not moved although the request was taken: reads may lag writes. */
const READ_AGAIN_AFTER_MS = [400, 1600];

/**
 * Archiving and unarchiving: ListFindings to see what is left to do, UpdateFindings with explicit ids, then ListFindings
 * again to see what became of them.
 */
export const updateFindings: Executor<UpdateFindingsChange> = { look, execute, readBack };

async function look(operation: UpdateFindings, context: ExecutorContext): Promise<readonly FindingOutcome[]> {
  const found = await readFindings(operation, context, context.signal);
  const settled = wishesOf(operation).flatMap((wish) => settledBefore(wish, found.get(wish.ref.id)));
  keep(settled, found, context);
  return settled;
}

async function execute(whole: UpdateFindings, context: ExecutorContext): Promise<Attempt> {
  const operation = openPart(whole);
  const { change, clientToken, analyzerArn } = operation;
  if (change.ids.length === 0) return { sent: false };
  const options = { clientToken, ...(context.signal === undefined ? {} : { signal: context.signal }) };
  try {
    await regionOf(operation, context).updateFindings(analyzerArn, change.ids, change.status, options);
    return { sent: true };
  } catch (thrown) {
    const problem = toProblem(thrown);
    return isAboutIds(problem) ? isolate(operation, problem, context) : { sent: true, problem };
  }
}

/** Without the findings that have their outcome already. */
function openPart(operation: UpdateFindings): UpdateFindings {
  const settled = new Set(settledOf(operation).map(({ ref }) => ref.id));
  if (settled.size === 0) return operation;
  const { change } = operation;
  const isOpen = (_: unknown, index: number): boolean => !settled.has(change.ids[index] ?? '');
  return {
    ...operation,
    change: { ...change, ids: change.ids.filter(isOpen), before: change.before.filter(isOpen) },
  };
}

async function readBack(whole: UpdateFindings, attempt: Attempt, context: ExecutorContext) {
  const operation = openPart(whole);
  const settled = settledOf(whole);
  if (operation.change.ids.length === 0) return toResult(settled, attempt);
  const wishes = wishesOf(operation);
  const read = await readUntilSettled(operation, attempt, context);
  if ('problem' in read) {
    const unread = wishes.map((wish) => toUnread(wish, attempt, read.problem));
    return toResult([...settled, ...unread], attempt);
  }
  const outcomes = wishes.map((wish) => toOutcome(wish, read.found.get(wish.ref.id), attempt));
  keep(outcomes, read.found, context);
  return toResult([...settled, ...outcomes], attempt);
}

type Read = { readonly found: ReadonlyMap<string, Finding> } | { readonly problem: Problem };

async function readUntilSettled(
  operation: UpdateFindings,
  attempt: Attempt,
  context: ExecutorContext,
): Promise<Read> {
  let read = await readOnce(operation, context);
  if (!mayCome(attempt)) return read;
  for (const wait of READ_AGAIN_AFTER_MS) {
    if ('problem' in read || isSettled(operation, attempt, read.found)) return read;
    await context.clock.sleep(wait, context.signal);
    read = await readOnce(operation, context);
  }
  return read;
}

/** Without the signal: after a cancel the truth is still wanted, and a request has its own time limit. */
async function readOnce(operation: UpdateFindings, context: ExecutorContext): Promise<Read> {
  try {
    return { found: await readFindings(operation, context) };
  } catch (thrown) {
    return { problem: toProblem(thrown) };
  }
}

async function readFindings(
  operation: UpdateFindings,
  context: ExecutorContext,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Finding>> {
  const { profile, analyzerArn, change } = operation;
  const findings = await regionOf(operation, context).readFindings(analyzerArn, profile, change.ids, signal);
  return new Map(findings.map((finding) => [finding.id, finding]));
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
  outcomes: readonly FindingOutcome[],
  found: ReadonlyMap<string, Finding>,
  { store, clock }: ExecutorContext,
): void {
  const now = clock.now();
  for (const { ref } of outcomes) {
    const finding = found.get(ref.id);
    if (finding === undefined) store.markGone(ref, now);
    else store.saveFinding(finding, now);
  }
}

const regionOf = ({ profile, region }: UpdateFindings, { gateway }: ExecutorContext) =>
  gateway.at({ profile, region });

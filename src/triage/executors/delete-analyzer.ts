import type { ArchiveRule } from '../../domain/archive-rule.ts';
import type { DeleteAnalyzerChange } from '../../domain/journal.ts';
import { type Problem, ProblemError, toProblem } from '../../domain/problem.ts';
import { sameCriteria } from '../../domain/rules/criteria-algebra.ts';
import { isManaged } from '../analyzers/live-analyzer.ts';
import { readRules } from '../rules/present-rules.ts';
import {
  type Attempt,
  type Executor,
  type ExecutorContext,
  mayCome,
  type OperationOf,
  type OperationResult,
  prepareAndSend,
} from './executor.ts';

type Deletion = OperationOf<DeleteAnalyzerChange>;

/**
 * Deleting an analyzer. Before it is sent the analyzer is read once more: one that was made anew since the plan, or whose
 * rules have changed (what was exported is then not all), is left alone.
 */
export const deleteAnalyzer: Executor<DeleteAnalyzerChange> = { execute, readBack };

async function execute(operation: Deletion, context: ExecutorContext): Promise<Attempt> {
  const { profile, region, clientToken } = operation;
  const { gateway, signal } = context;
  const far = gateway.at({ profile, region });
  return prepareAndSend(
    () => analyzerToDelete(operation, context),
    (arn) => far.deleteAnalyzer(arn, { clientToken, ...(signal === undefined ? {} : { signal }) }),
  );
}

/** Its ARN; undefined: it is gone already. */
async function analyzerToDelete(operation: Deletion, context: ExecutorContext): Promise<string | undefined> {
  const { profile, region, analyzerArn, change } = operation;
  const live = await context.gateway.at({ profile, region }).readAnalyzer(analyzerArn, context.signal);
  if (live === undefined) return undefined;
  const { analyzer } = live;
  if (analyzer.managedBy !== undefined) throw new ProblemError(isManaged(analyzer, analyzer.managedBy));
  const rules = await readRules(operation, context);
  if (analyzer.createdAt !== change.before.createdAt || !isSame(rules, change.before.archiveRules))
    throw new ProblemError(hasMoved(change));
  return analyzerArn;
}

const isSame = (
  now: readonly ArchiveRule[],
  before: DeleteAnalyzerChange['before']['archiveRules'],
): boolean =>
  now.length === before.length &&
  before.every(({ ruleName, filter }) => {
    const present = now.find((rule) => rule.ruleName === ruleName);
    return present !== undefined && sameCriteria(present.filter, filter);
  });

const hasMoved = ({ before }: DeleteAnalyzerChange): Problem => ({
  kind: 'conflict',
  message: `The analyzer ${before.name} or its archive rules have changed since the plan was made.`,
  hint: 'Look at it again, then plan the deletion anew.',
});

/** Waits before looking again at an analyzer that is still listed although the request was taken. */
const LOOK_AGAIN_AFTER_MS = [500, 2000];

async function readBack(
  operation: Deletion,
  attempt: Attempt,
  context: ExecutorContext,
): Promise<OperationResult> {
  try {
    if (await isThere(operation, attempt, context)) {
      const error = attempt.sent
        ? 'AWS took the request, but the analyzer is still there.'
        : 'It was never sent.';
      return { state: 'failed', error: attempt.problem?.message ?? error };
    }
  } catch (thrown) {
    const cause = attempt.problem === undefined ? '' : `${attempt.problem.message} `;
    const message = `${cause}Whether the analyzer is still there could not be read: ${toProblem(thrown).message}`;
    return { state: 'failed', error: message, unread: true };
  }
  await forget(operation, context);
  return { state: 'done' };
}

/** Without the signal: after a cancel the truth is still wanted. */
async function isThere(operation: Deletion, attempt: Attempt, context: ExecutorContext): Promise<boolean> {
  const { profile, region, analyzerArn } = operation;
  const look = async (): Promise<boolean> =>
    (await context.gateway.at({ profile, region }).readAnalyzer(analyzerArn)) !== undefined;
  let there = await look();
  for (const wait of LOOK_AGAIN_AFTER_MS) {
    if (!there || !mayCome(attempt)) return there;
    await context.clock.sleep(wait, context.signal);
    there = await look();
  }
  return there;
}

/** Findings that are marked in one go: a large analyzer has a million, and keys want their turn in between. */
const MARKED_AT_ONCE = 1000;

async function forget({ profile, analyzerArn }: Deletion, { store, clock }: ExecutorContext): Promise<void> {
  const at = clock.now();
  while (store.dropAnalyzer({ profile, analyzerArn }, at, MARKED_AT_ONCE) === MARKED_AT_ONCE)
    await clock.sleep(0);
}

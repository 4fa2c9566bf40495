import type { Finding } from '../../domain/finding.ts';
import type { ArchiveRuleChange, FindingOutcome } from '../../domain/journal.ts';
import { toProblem } from '../../domain/problem.ts';
import { settledBefore, settledOf, toOutcome, toResult, toUnread, wishesOf } from '../finding-outcomes.ts';
import { analyzerNameOf } from '../summarize-plan.ts';
import {
  type Attempt,
  type Executor,
  type ExecutorContext,
  mayCome,
  type OperationOf,
  type OperationResult,
} from './executor.ts';

type ApplyRule = OperationOf<ArchiveRuleChange>;

/** Waits before looking again when foreseen findings are not archived yet: AWS does not say when it is through. */
const LOOK_AGAIN_AFTER_MS = [500, 2000];

/** Why an outcome stands in the journal that the dry run did not foresee. */
export const NOT_FORESEEN = 'The dry run did not foresee it: the store had another state of it.';

/**
 * Applying a rule to the findings that exist; its answer is empty, so what it did is read from the list, before and
 * afterwards.
 */
export const applyArchiveRule: Executor<ArchiveRuleChange> = { look, execute, readBack };

/** What is archived already is not the rule's doing; the store learns of it, for what nobody foresaw is told by that. */
async function look(operation: ApplyRule, context: ExecutorContext): Promise<readonly FindingOutcome[]> {
  const { store, clock } = context;
  const archived = await readArchived(operation, context);
  for (const finding of archived.values())
    if (store.finding(finding)?.status === 'ACTIVE') store.saveFinding(finding, clock.now());
  return wishesOf(operation).flatMap((wish) => {
    const found = archived.get(wish.ref.id);
    return found === undefined ? [] : settledBefore(wish, found);
  });
}

async function execute(operation: ApplyRule, { gateway, signal }: ExecutorContext): Promise<Attempt> {
  const { profile, region, analyzerArn, change, clientToken } = operation;
  const options = { clientToken, ...(signal === undefined ? {} : { signal }) };
  await gateway.at({ profile, region }).applyArchiveRule(analyzerArn, change.ruleName, options);
  return { sent: true };
}

async function readBack(
  operation: ApplyRule,
  attempt: Attempt,
  context: ExecutorContext,
): Promise<OperationResult> {
  const settled = settledOf(operation);
  const isSettled = new Set(settled.map(({ ref }) => ref.id));
  const wishes = wishesOf(operation).filter(({ ref }) => !isSettled.has(ref.id));
  try {
    const archived = await readUntilSettled(operation, attempt, context);
    const strays = unforeseen(operation, archived, context);
    const rest = await readOthers(operation, archived, context);
    for (const finding of [...archived.values(), ...rest.values()])
      context.store.saveFinding(finding, context.clock.now());
    const outcomes = wishes.map((wish) =>
      toOutcome(wish, archived.get(wish.ref.id) ?? rest.get(wish.ref.id), attempt),
    );
    for (const { outcome, ref } of outcomes)
      if (outcome === 'gone') context.store.markGone(ref, context.clock.now());
    const told = [...outcomes, ...(attempt.sent ? strays : [])];
    const result = toResult([...settled, ...told], attempt);
    return told.length > 0 ? result : byRequest(result, attempt);
  } catch (thrown) {
    const reading = toProblem(thrown);
    const unread = wishes.map((wish) => toUnread(wish, attempt, reading));
    if (unread.length > 0) return toResult([...settled, ...unread], attempt);
    const outcomes = settled.length === 0 ? {} : { outcomes: settled };
    return { state: 'failed', error: reading.message, unread: true, ...outcomes };
  }
}

/** With nothing foreseen that was left to do there is no finding to tell by whether the request arrived. */
function byRequest(result: OperationResult, { sent, problem }: Attempt): OperationResult {
  if (sent && problem === undefined) return result;
  return { ...result, state: 'failed', error: problem?.message ?? 'The request was never sent.' };
}

const wishOf = ({ profile, region, analyzerArn }: ApplyRule, id: string) => ({
  ref: { profile, region, analyzerArn, id },
  before: 'ACTIVE' as const,
  wanted: 'ARCHIVED' as const,
});

async function readUntilSettled(operation: ApplyRule, attempt: Attempt, context: ExecutorContext) {
  const foreseen = operation.change.foreseen ?? [];
  let archived = await readArchived(operation, context);
  for (const wait of LOOK_AGAIN_AFTER_MS) {
    const isThrough = foreseen.every((id) => archived.has(id));
    if (isThrough || !mayCome(attempt)) return archived;
    await context.clock.sleep(wait, context.signal);
    archived = await readArchived(operation, context);
  }
  return archived;
}

/** All archived findings that the rule means: one list instead of one request for twenty foreseen ids. */
async function readArchived(
  operation: ApplyRule,
  { gateway }: ExecutorContext,
): Promise<Map<string, Finding>> {
  const { profile, region, analyzerArn, change } = operation;
  const analyzer = {
    profile,
    region,
    arn: analyzerArn,
    name: analyzerNameOf(analyzerArn),
    type: change.analyzerType,
  };
  const filter = { ...change.after?.filter, status: { eq: ['ARCHIVED'] } };
  const archived = new Map<string, Finding>();
  for await (const { findings } of gateway.at({ profile, region }).listFindings(analyzer, { filter })) {
    for (const finding of findings) archived.set(finding.id, finding);
  }
  return archived;
}

/** Foreseen findings that are not archived: what they are instead. */
async function readOthers(
  operation: ApplyRule,
  archived: ReadonlyMap<string, Finding>,
  { gateway }: ExecutorContext,
) {
  const { profile, region, analyzerArn, change } = operation;
  const ids = (change.foreseen ?? []).filter((id) => !archived.has(id));
  if (ids.length === 0) return new Map<string, Finding>();
  const findings = await gateway.at({ profile, region }).readFindings(analyzerArn, profile, ids);
  return new Map(findings.map((finding) => [finding.id, finding]));
}

/** Archived now, active in the store a moment ago, and not foreseen: the rule took them, too. */
function unforeseen(
  operation: ApplyRule,
  archived: ReadonlyMap<string, Finding>,
  { store }: ExecutorContext,
): FindingOutcome[] {
  const foreseen = new Set(operation.change.foreseen);
  return [...archived.keys()].flatMap((id): FindingOutcome[] => {
    const wish = wishOf(operation, id);
    if (foreseen.has(id) || store.finding(wish.ref)?.status !== 'ACTIVE') return [];
    return [{ ...wish, after: 'ARCHIVED', outcome: 'changed', error: NOT_FORESEEN }];
  });
}

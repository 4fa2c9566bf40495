import type { FindingRef, FindingStatus } from '../domain/finding.ts';
import type { JournalEntry, JournalOperation, Operation, Plan } from '../domain/journal.ts';
import { createPlanBuilder, withReason } from './plan-builder.ts';
import { type PresentTruth, quoteTitle } from './plan-undo.ts';
import type { PresentState } from './present.ts';
import { wordFor } from './typed-word.ts';

/** The findings that an entry wanted to change and that are not known to be as wanted: read these back first. */
export function refsToFinish(entry: JournalEntry): readonly FindingRef[] {
  return entry.operations.flatMap(openRefs);
}

/**
 * What is left of an entry that was interrupted or done in part, as a plan: findings that are not yet as wanted, and
 * other operations that were not done, in their order. What needs no change (any more) is left out and named.
 */
export function planFinish(entry: JournalEntry, { present, store }: PresentTruth): Plan {
  const builder = createPlanBuilder();
  for (const operation of entry.operations) {
    const { change } = operation;
    if (change.kind !== 'update-findings') {
      if (operation.state === 'done') continue;
      builder.add(bare(operation));
      // What asked for a word before it was sent asks for it again: half of it is as dangerous.
      const word = wordFor(change);
      if (word !== undefined) builder.askFor(word);
      continue;
    }
    for (const ref of openRefs(operation)) {
      const now = statusToChange(present.of(ref), change.status);
      if ('why' in now) builder.skip(ref, now.why);
      else builder.change(ref, now.from, change.status, store.finding(ref));
    }
  }
  return builder.build({
    kind: entry.kind,
    title: `Finish ${quoteTitle(entry)}`,
    ...(entry.of === undefined ? {} : { of: entry.of }),
    ...withReason(entry.reason),
  });
}

function openRefs({
  change,
  outcomes,
  profile,
  region,
  analyzerArn,
}: JournalOperation): readonly FindingRef[] {
  if (change.kind !== 'update-findings') return [];
  if (outcomes === undefined) return change.ids.map((id) => ({ profile, region, analyzerArn, id }));
  return outcomes
    .filter(({ outcome }) => outcome === 'failed' || outcome === 'unknown')
    .map(({ ref }) => ref);
}

function statusToChange(
  now: PresentState,
  wanted: FindingStatus,
): { readonly from: FindingStatus } | { readonly why: string } {
  if (now.kind === 'gone') return { why: 'It is gone: AWS no longer lists it.' };
  if (now.kind === 'unread') return { why: `What it is now could not be read: ${now.problem.message}` };
  const { status } = now.finding;
  return status === wanted || status === 'RESOLVED' ? { why: `It is ${status} already.` } : { from: status };
}

function bare({ profile, region, analyzerArn, change, command }: JournalOperation): Operation {
  return { profile, region, analyzerArn, change, command };
}

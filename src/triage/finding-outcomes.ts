import { formatCount, formatNumber } from '../domain/format-count.ts';
import type { Finding, FindingRef, FindingStatus } from '../domain/finding.ts';
import type { FindingOutcome, JournalOperation, Operation } from '../domain/journal.ts';
import type { Problem, ProblemKind } from '../domain/problem.ts';
import type { Attempt, OperationResult } from './executors/executor.ts';

export interface Wish {
  readonly ref: FindingRef;
  readonly before: FindingStatus;
  readonly wanted: FindingStatus;
}

/** What an operation wants of which findings: of applying a rule what was foreseen, of other kinds nothing. */
export function wishesOf({ change, profile, region, analyzerArn }: Operation): readonly Wish[] {
  const refOf = (id: string): FindingRef => ({ profile, region, analyzerArn, id });
  if (change.kind === 'update-findings') {
    const { ids, before, status } = change;
    return ids.map((id, index) => ({ ref: refOf(id), before: before[index] ?? 'ACTIVE', wanted: status }));
  }
  const foreseen = change.kind === 'apply-archive-rule' ? (change.foreseen ?? []) : [];
  return foreseen.map((id) => ({ ref: refOf(id), before: 'ACTIVE', wanted: 'ARCHIVED' }));
}

/** Findings of which nothing is left to ask: what is open is all the others. */
export const settledOf = ({ outcomes = [] }: JournalOperation): readonly FindingOutcome[] =>
  outcomes.filter(({ outcome }) => outcome !== 'failed' && outcome !== 'unknown');

/** What needs no request, as it was found before any: so already, RESOLVED, or gone. */
export function settledBefore(wish: Wish, found: Finding | undefined): readonly FindingOutcome[] {
  const outcome = toOutcome({ ...wish, before: found?.status ?? wish.before }, found, { sent: false });
  return outcome.outcome === 'failed' ? [] : [outcome];
}

/** Of what was never sent, with why; its findings have an outcome, too: who counts what did not change must not miss them. */
export function unsentResult(operation: Operation, { message }: Problem): OperationResult {
  const outcomes = wishesOf(operation).map((wish): FindingOutcome => ({
    ...wish,
    outcome: 'failed',
    error: message,
  }));
  return { state: 'failed', error: message, ...(outcomes.length === 0 ? {} : { outcomes }) };
}

/** How one finding ended: `found` is what was read back just now, `undefined` when AWS no longer lists it. */
export function toOutcome(wish: Wish, found: Finding | undefined, attempt: Attempt): FindingOutcome {
  if (found === undefined) return { ...wish, outcome: 'gone', error: 'AWS no longer lists it.' };
  const after = found.status;
  if (after === wish.wanted) {
    const already = wish.before === wish.wanted || !attempt.sent;
    return already
      ? { ...wish, after, outcome: 'already', error: alreadyWords(attempt) }
      : { ...wish, after, outcome: 'changed' };
  }
  if (after === 'RESOLVED') {
    return { ...wish, after, outcome: 'refused', error: `It is RESOLVED and cannot become ${wish.wanted}.` };
  }
  const refused = attempt.refused?.get(wish.ref.id);
  if (refused !== undefined) return { ...wish, after, outcome: 'refused', error: refused.message };
  if (!attempt.sent) return { ...wish, after, outcome: 'failed', error: 'The request was never sent.' };
  const error = attempt.problem?.message ?? `AWS took the request, but the finding is still ${after}.`;
  return { ...wish, after, outcome: 'failed', error };
}

const alreadyWords = (attempt: Attempt): string =>
  attempt.sent ? 'It was so before.' : 'It became so without a request of this entry.';

/** Answers of AWS (or of what signs for it) that leave no doubt: the request was not carried out. */
const NOT_CARRIED_OUT: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'no-credentials',
  'expired-credentials',
  'mfa-required',
  'denied',
  'region-not-enabled',
  'unknown-region',
]);

/** Where single findings were refused the request was sent in parts, and some of these may have been carried out. */
const wasTurnedAway = ({ problem, refused }: Attempt): boolean =>
  problem !== undefined && refused === undefined && NOT_CARRIED_OUT.has(problem.kind);

/** Nothing could be read back: what was sent may or may not have arrived, unless it was turned away as a whole. */
export function toUnread(wish: Wish, attempt: Attempt, reading: Problem): FindingOutcome {
  const cause = attempt.problem === undefined ? '' : `${attempt.problem.message} `;
  return {
    ...wish,
    outcome: wasTurnedAway(attempt) ? 'failed' : 'unknown',
    error: `${cause}Its status could not be read back: ${reading.message}`,
  };
}

export const isAsWanted = ({ outcome }: FindingOutcome): boolean =>
  outcome === 'changed' || outcome === 'already';

/** An operation is done when its request was taken, though single findings may have been refused or be gone. */
export function toResult(outcomes: readonly FindingOutcome[], attempt: Attempt): OperationResult {
  const open = outcomes.filter(({ outcome }) => outcome === 'failed' || outcome === 'unknown');
  if (open.length > 0) {
    const unread = open.some(({ outcome }) => outcome === 'unknown');
    return { state: 'failed', outcomes, error: open[0]?.error ?? '', ...(unread ? { unread } : {}) };
  }
  const left = outcomes.filter((outcome) => !isAsWanted(outcome));
  if (left.length === 0) return { state: 'done', outcomes };
  if (left.length === outcomes.length && attempt.problem !== undefined) {
    return { state: 'failed', outcomes, error: attempt.problem.message };
  }
  return {
    state: 'done',
    outcomes,
    error: `${formatNumber(left.length)} of ${formatCount(outcomes.length, 'finding')} did not change.`,
  };
}

import type { Analyzer } from '../../domain/analyzer.ts';
import { type Finding, isUnused } from '../../domain/finding.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import { fail, type Result, succeed, toProblem } from '../../domain/problem.ts';
import { minuteText } from '../../domain/words.ts';
import type { AnalyzerPlace, TriageClock, TriageGateway, TriageStore } from '../ports.ts';

/** How the wait for a proof ended. */
export type Proof =
  | { readonly kind: 'resolved' }
  /** The finding is RESOLVED, and another one stands for the same resource since. */
  | { readonly kind: 'came-back'; readonly findings: readonly Finding[] }
  /** The analysis of the resource failed: RESOLVED says nothing then. */
  | { readonly kind: 'not-proven'; readonly error: string }
  /** The analyzer has looked again, and the access is still there. */
  | { readonly kind: 'still-there'; readonly status: Finding['status'] }
  | { readonly kind: 'gone' }
  /** Unused and internal access: cannot be scanned; when it is looked at again at the latest. */
  | { readonly kind: 'due'; readonly at: number }
  /** Waited for long enough; nothing is known yet. */
  | { readonly kind: 'waiting'; readonly elapsedMs: number };

export interface ProveProgress {
  readonly elapsedMs: number;
  /** As long as the service says it can take; after that nothing is waited for. */
  readonly longestMs: number;
  readonly looks: number;
}

export interface ProveDeps {
  readonly gateway: TriageGateway;
  readonly store: TriageStore;
  readonly clock: TriageClock;
  readonly analyzers: readonly Analyzer[];
  readonly signal?: AbortSignal;
  /** Default: 30 minutes, the longest that external access takes to be analyzed. */
  readonly longestMs?: number;
  readonly onProgress?: (progress: ProveProgress) => void;
}

const LONGEST_MS = 30 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** Scans show within seconds; after a minute there is no hurry. */
const WAITS_MS = [1000, 1000, 2000, 3000, 5000, 10_000];
const LAST_WAIT_MS = 30_000;

/**
 * Waits until the truth about one finding is known, as AWS tells it: reads it again and again at a slowing pace. Unused
 * access is read once: it moves at the daily pass and not before. Errors of the line end the wait, with a Problem.
 */
export async function proveFinding(finding: StoredFinding, deps: ProveDeps): Promise<Result<Proof>> {
  const { clock, signal, longestMs = LONGEST_MS } = deps;
  const started = clock.now();
  try {
    for (let looks = 1; ; looks += 1) {
      const proof = await look(finding, deps);
      if (proof !== undefined) return succeed(proof);
      if (finding.findingType !== 'ExternalAccess')
        return succeed({ kind: 'due', at: nextPassOf(finding, clock.now()) });
      const elapsedMs = clock.now() - started;
      deps.onProgress?.({ elapsedMs, longestMs, looks });
      if (signal?.aborted === true)
        return fail({ kind: 'cancelled', message: 'Cancelled; the scan itself goes on.' });
      if (elapsedMs >= longestMs) return succeed({ kind: 'waiting', elapsedMs });
      await clock.sleep(Math.min(WAITS_MS[looks - 1] ?? LAST_WAIT_MS, longestMs - elapsedMs), signal);
    }
  } catch (thrown) {
    return fail(toProblem(thrown));
  }
}

/** One look at the finding; undefined: it has not moved, and its analyzer has not looked again either. */
async function look(
  finding: StoredFinding,
  { gateway, store, clock, analyzers, signal }: ProveDeps,
): Promise<Proof | undefined> {
  const far = gateway.at(finding);
  const now = await far.readFinding(finding, signal);
  if (now === undefined) {
    store.markGone(finding, clock.now());
    return { kind: 'gone' };
  }
  const analyzer = analyzers.find(
    ({ arn, profile }) => arn === finding.analyzerArn && profile === finding.profile,
  );
  const others = analyzer === undefined ? [] : await readOthers(finding, analyzer, { gateway, signal });
  for (const one of [now, ...others]) store.saveFinding(one, clock.now());
  if (now.status !== 'RESOLVED') {
    if (now.error !== undefined) return { kind: 'not-proven', error: now.error };
    return now.analyzedAt > finding.analyzedAt && !isUnused(finding.findingType)
      ? { kind: 'still-there', status: now.status }
      : undefined;
  }
  return judgeResolved(finding, others);
}

function judgeResolved(finding: StoredFinding, others: readonly Finding[]): Proof {
  const failed = others.find(({ error, status }) => error !== undefined && status === 'ACTIVE');
  if (failed?.error !== undefined) return { kind: 'not-proven', error: failed.error };
  const fresh = others.filter((one) => isSuccessor(one, finding));
  return fresh.length > 0 ? { kind: 'came-back', findings: fresh } : { kind: 'resolved' };
}

/** The same kind of access to the same resource, found after the one that went: often the same access, changed. */
const isSuccessor = (one: Finding, finding: Finding): boolean =>
  one.id !== finding.id &&
  one.status === 'ACTIVE' &&
  one.findingType === finding.findingType &&
  one.createdAt > Math.max(finding.createdAt, finding.analyzedAt);

async function readOthers(
  { id, resource }: StoredFinding,
  analyzer: AnalyzerPlace,
  { gateway, signal }: { readonly gateway: TriageGateway; readonly signal: AbortSignal | undefined },
): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  const options = { filter: { resource: { eq: [resource] } }, ...(signal === undefined ? {} : { signal }) };
  for await (const page of gateway.at(analyzer).listFindings(analyzer, options)) {
    found.push(...page.findings.filter((one) => one.id !== id));
  }
  return found;
}

/** The daily pass comes a day after the last look at the latest. */
export function nextPassOf({ analyzedAt }: Pick<Finding, 'analyzedAt'>, now: number): number {
  const missed = Math.max(0, Math.ceil((now - analyzedAt) / DAY_MS) - 1);
  return analyzedAt + (missed + 1) * DAY_MS;
}

/** The verdict in a sentence, short enough for the message line. */
export function proofText(proof: Proof): string {
  switch (proof.kind) {
    case 'resolved':
      return 'RESOLVED: the analyzer looked again and found the access gone.';
    case 'came-back':
      return `It came back as a new finding: ${proof.findings.map(({ id }) => id).join(', ')}.`;
    case 'not-proven':
      return `The analysis of the resource failed (${proof.error}): not proven.`;
    case 'still-there':
      return `The analyzer looked again, and the access is still there: ${proof.status}.`;
    case 'gone':
      return 'AWS no longer lists the finding.';
    case 'due':
      return `AWS looks again by ${minuteText(proof.at)}.`;
    case 'waiting':
      return `Nothing is known after ${Math.round(proof.elapsedMs / 1000)} seconds; a later sync will tell.`;
  }
}

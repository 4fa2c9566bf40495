import type { Analyzer, RegionOutcome, RegionStatus } from '../domain/analyzer.ts';
import { ProblemError, toProblem, type Problem, type ProblemKind } from '../domain/problem.ts';
import { cleanText } from '../domain/text.ts';
import type { WatchWaiting } from './full-pass.ts';
import { createLimit } from './limit.ts';
import type { Gateway, SyncStore, Target } from './ports.ts';
import type { ProgressTracker } from './progress-tracker.ts';
import { syncAnalyzer } from './sync-analyzer.ts';

export interface RegionSyncOptions {
  readonly gateway: Gateway;
  readonly store: SyncStore;
  readonly clock: () => number;
  readonly full: boolean;
  readonly watchWaiting: WatchWaiting;
  readonly progress: ProgressTracker;
  readonly onNote: (note: string) => void;
  readonly signal: AbortSignal;
}

export interface RegionResult {
  readonly analyzers: number;
  readonly outcome: RegionOutcome;
  /** The first that went wrong. */
  readonly problem: Problem | undefined;
}

/** Requests side by side in one Region, over all of its analyzers: the rates of the service are per Region. */
const REQUESTS_AT_ONCE = 8;

/** Every other Region of the profile would end the same. */
const OF_THE_PROFILE: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'no-credentials',
  'expired-credentials',
  'mfa-required',
  'store-unusable',
  'store-locked',
  'store-newer',
]);

/**
 * Brings one Region up to date. What concerns the Region alone is in its outcome; problems of the login or the store, and
 * cancellation, are thrown.
 */
export async function syncRegion(target: Target, options: RegionSyncOptions): Promise<RegionResult> {
  const { gateway, store, clock, progress, signal } = options;
  let analyzers: readonly Analyzer[] = [];
  let problems: readonly Problem[];
  try {
    analyzers = await gateway.at(target).listAnalyzers(signal);
    store.saveAnalyzers(target, analyzers);
    const arns = analyzers.map(({ arn }) => arn);
    store.dropMissingAnalyzers(target, arns, clock());
    progress.analyzers(target, analyzers.length);
    problems = await syncAnalyzers(target, analyzers, options);
  } catch (thrown) {
    problems = [toProblem(thrown)];
  }
  const fatal =
    problems.find(({ kind }) => OF_THE_PROFILE.has(kind)) ??
    problems.find(({ kind }) => kind === 'cancelled');
  if (fatal !== undefined) throw new ProblemError(fatal);
  const status = statusOf(analyzers, problems[0]);
  const accountId = await accountOf(target, analyzers, problems, options);
  const outcome = toOutcome(target, { status, problems, at: clock() });
  return {
    analyzers: analyzers.length,
    outcome: accountId === undefined ? outcome : { ...outcome, accountId },
    problem: problems[0],
  };
}

/** One analyzer's failure does not keep the others from being read; answers what failed. */
async function syncAnalyzers(
  target: Target,
  analyzers: readonly Analyzer[],
  options: RegionSyncOptions,
): Promise<readonly Problem[]> {
  const { gateway, progress } = options;
  const limit = createLimit(REQUESTS_AT_ONCE);
  const sync = async (analyzer: Analyzer): Promise<void> => {
    const onPage = (findings: number): void => progress.page(target, analyzer.arn, findings);
    await syncAnalyzer(analyzer, { ...options, gateway: gateway.at(target), limit, onPage });
    progress.analyzerDone(target, analyzer.arn);
  };
  const ends = await Promise.allSettled(analyzers.map(sync));
  return ends.flatMap((end, index) =>
    end.status === 'rejected' ? [named(toProblem(end.reason), analyzers[index])] : [],
  );
}

/** Says which analyzer it was, where the sentence is about the analyzer and not about the login. */
function named(problem: Problem, analyzer: Analyzer | undefined): Problem {
  if (analyzer === undefined || problem.kind === 'cancelled' || OF_THE_PROFILE.has(problem.kind))
    return problem;
  return { ...problem, message: `${cleanText(analyzer.name)}: ${problem.message}` };
}

const STATUS_OF: Partial<Record<ProblemKind, RegionStatus>> = {
  denied: 'denied',
  throttled: 'throttled',
  'region-not-enabled': 'not-enabled',
};

function statusOf(analyzers: readonly Analyzer[], problem: Problem | undefined): RegionStatus {
  if (problem !== undefined) return STATUS_OF[problem.kind] ?? 'failed';
  return analyzers.length === 0 ? 'no-analyzer' : 'ok';
}

export function toOutcome(
  { profile, region }: Target,
  {
    status,
    problems,
    at,
  }: { readonly status: RegionStatus; readonly problems: readonly Problem[]; readonly at: number },
): RegionOutcome {
  const [first, ...others] = problems;
  if (first === undefined) return { profile, region, status, at, lastOkAt: at };
  const error = others.length === 0 ? first.message : `${first.message} ${others.length} more failed.`;
  return { profile, region, status, at, error, ...(first.hint === undefined ? {} : { hint: first.hint }) };
}

/**
 * An analyzer's ARN names the account it is in, which is the caller's. Only where there is none STS is asked, and not
 * after a failure: it would likely fail the same.
 */
async function accountOf(
  { profile }: Target,
  analyzers: readonly Analyzer[],
  problems: readonly Problem[],
  { gateway, signal }: RegionSyncOptions,
): Promise<string | undefined> {
  const account = analyzers[0]?.arn.split(':')[4];
  if (account !== undefined || problems.length > 0) return account;
  try {
    return await gateway.callerAccount(profile, signal);
  } catch {
    // The account is for display; the Region was seen without it.
    return undefined;
  }
}

import { toProblem, type Problem } from '../domain/problem.ts';
import type { WatchWaiting } from './full-pass.ts';
import { createLimit, type Limit } from './limit.ts';
import type { Gateway, SyncStore, Target } from './ports.ts';
import type { SyncProgress, SyncReport } from './progress.ts';
import { createProgressTracker, type ProgressTracker } from './progress-tracker.ts';
import { syncRegion, toOutcome, type RegionSyncOptions } from './sync-region.ts';

export interface SyncOptions {
  readonly gateway: Gateway;
  readonly store: SyncStore;
  /** Epoch ms. */
  readonly clock: () => number;
  /** List everything anew, also where only the changes would do. */
  readonly full?: boolean;
  /** Regions side by side. */
  readonly concurrency?: number;
  readonly onProgress?: (progress: SyncProgress) => void;
  readonly signal?: AbortSignal;
  /** Decides whether a long list is read in several series. */
  readonly watchWaiting?: WatchWaiting;
}

const CONCURRENCY = 12;

type Row = SyncReport['regions'][number];

/** What a sync collects while it runs. */
interface Tally {
  analyzers: number;
  readonly rows: Map<string, Row>;
  readonly problems: Problem[];
  readonly notes: Set<string>;
}

/**
 * Brings the store up to date with AWS, Regions side by side. Never throws for what AWS or the network does: each
 * Region's outcome is in the report, and in the store.
 */
export async function runSync(options: SyncOptions): Promise<SyncReport> {
  const { gateway, store, clock } = options;
  const began = { at: clock(), requests: gateway.requests };
  const progress = createProgressTracker(gateway.targets, options.onProgress ?? ignoreProgress);
  const tally: Tally = { analyzers: 0, rows: new Map(), problems: [], notes: new Set() };
  const limit = createLimit(options.concurrency ?? CONCURRENCY);
  const watchWaiting = options.watchWaiting ?? watchEventLoop;
  await Promise.all(
    byProfile(gateway.targets).map((targets) =>
      syncProfile(targets, { ...options, watchWaiting, limit, progress, tally }),
    ),
  );
  for (const oddity of gateway.oddities ?? []) tally.notes.add(oddity);
  if (tally.problems.length === 0) store.finishSync(clock());
  return {
    findings: progress.findings,
    analyzers: tally.analyzers,
    requests: gateway.requests - began.requests,
    durationMs: clock() - began.at,
    regions: gateway.targets.map(
      (target) => tally.rows.get(keyOf(target)) ?? { ...target, status: 'failed' },
    ),
    problems: tally.problems,
    notes: [...tally.notes],
  };
}

function ignoreProgress(): void {
  // Nobody watches.
}

interface ProfileSyncOptions extends SyncOptions {
  readonly watchWaiting: WatchWaiting;
  readonly limit: Limit;
  readonly progress: ProgressTracker;
  readonly tally: Tally;
}

/** A problem of the login ends the whole profile at its first Region: it is told once and not once a Region. */
async function syncProfile(targets: readonly Target[], options: ProfileSyncOptions): Promise<void> {
  const { gateway, store, clock, limit, progress, tally } = options;
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  let ended: Problem | undefined;
  const region: RegionSyncOptions = {
    gateway,
    store,
    clock,
    progress,
    signal,
    full: options.full ?? false,
    watchWaiting: options.watchWaiting,
    onNote: (note) => tally.notes.add(note),
  };
  const sync = async (target: Target): Promise<void> => {
    try {
      signal.throwIfAborted();
      progress.running(target);
      const { analyzers, outcome } = await syncRegion(target, region);
      store.saveRegionOutcome(outcome);
      tally.analyzers += analyzers;
      tally.rows.set(keyOf(target), toRow(outcome));
      progress.ended(target, outcome.status);
    } catch (thrown) {
      ended ??= toProblem(thrown);
      stop.abort();
    }
  };
  await Promise.all(targets.map((target) => limit(() => sync(target))));
  if (ended !== undefined) leaveUnseen(targets, ended, options);
}

/** What a stopped profile did not come to. A cancelled Region keeps the outcome it had. */
function leaveUnseen(
  targets: readonly Target[],
  problem: Problem,
  { store, clock, progress, tally }: ProfileSyncOptions,
): void {
  if (problem.kind !== 'cancelled' || !tally.problems.some(({ kind }) => kind === 'cancelled'))
    tally.problems.push(problem);
  for (const target of targets) {
    if (tally.rows.has(keyOf(target))) continue;
    const outcome = toOutcome(target, { status: 'failed', problems: [problem], at: clock() });
    tally.rows.set(keyOf(target), toRow(outcome));
    if (problem.kind !== 'cancelled') store.saveRegionOutcome(outcome);
    progress.ended(target, 'failed');
  }
}

function byProfile(targets: readonly Target[]): readonly (readonly Target[])[] {
  const names = new Set(targets.map(({ profile }) => profile));
  return [...names].map((name) => targets.filter(({ profile }) => profile === name));
}

const keyOf = ({ profile, region }: Target): string => `${profile}\n${region}`;

const toRow = ({ profile, region, status, error }: Row): Row => ({
  profile,
  region,
  status,
  ...(error === undefined ? {} : { error }),
});

const watchEventLoop: WatchWaiting = () => {
  const began = performance.eventLoopUtilization();
  return () => performance.eventLoopUtilization(began).utilization < 0.5;
};

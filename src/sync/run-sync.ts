import { isUnseen } from '../domain/analyzer.ts';
import type { WatchWaiting } from './full-pass.ts';
import { createLimit } from './limit.ts';
import type { Gateway, SyncStore, Target } from './ports.ts';
import type { SyncProgress, SyncReport } from './progress.ts';
import { createProgressTracker } from './progress-tracker.ts';
import { keyOf, syncProfile, type Tally } from './sync-profile.ts';

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
  const { full = false, watchWaiting = watchEventLoop, signal } = options;
  const shared = { gateway, store, clock, full, watchWaiting, limit, progress, tally, signal };
  await Promise.all(byProfile(gateway.targets).map((targets) => syncProfile(targets, shared)));
  for (const oddity of gateway.oddities ?? []) tally.notes.add(oddity);
  // Where nothing was seen the store is as old as it was.
  const isSeen = [...tally.rows.values()].some(({ status }) => !isUnseen(status));
  if (tally.problems.length === 0 && isSeen) store.finishSync(clock());
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

function byProfile(targets: readonly Target[]): readonly (readonly Target[])[] {
  const names = new Set(targets.map(({ profile }) => profile));
  return [...names].map((name) => targets.filter(({ profile }) => profile === name));
}

const watchEventLoop: WatchWaiting = () => {
  const began = performance.eventLoopUtilization();
  return () => performance.eventLoopUtilization(began).utilization < 0.5;
};

import type { RegionOutcome } from '../domain/analyzer.ts';
import { toProblem, type Problem, type ProblemKind } from '../domain/problem.ts';
import type { WatchWaiting } from './full-pass.ts';
import type { Limit } from './limit.ts';
import type { Gateway, SyncStore, Target } from './ports.ts';
import type { ProgressTracker } from './progress-tracker.ts';
import type { SyncReport } from './progress.ts';
import { syncRegion, toOutcome, type RegionResult, type RegionSyncOptions } from './sync-region.ts';

type Row = SyncReport['regions'][number];

/** What a sync collects while it runs. */
export interface Tally {
  analyzers: number;
  /** By keyOf(target). */
  readonly rows: Map<string, Row>;
  readonly problems: Problem[];
  readonly notes: Set<string>;
}

export interface ProfileSyncOptions {
  readonly gateway: Gateway;
  readonly store: SyncStore;
  readonly clock: () => number;
  readonly full: boolean;
  readonly watchWaiting: WatchWaiting;
  readonly limit: Limit;
  readonly progress: ProgressTracker;
  readonly tally: Tally;
  readonly signal: AbortSignal | undefined;
}

/** So many Regions that hang, and none that answered: the line is down, and the others need not be waited for. */
const SILENT_REGIONS = 3;

/**
 * Brings the Regions of one profile up to date. A problem that all of them would end in (no login, a store that cannot be
 * written, a line that is down) ends the profile at once: it is told once and not once a Region.
 */
export async function syncProfile(targets: readonly Target[], options: ProfileSyncOptions): Promise<void> {
  const { limit, progress, store, clock } = options;
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const region: RegionSyncOptions = { ...options, signal, onNote: (note) => options.tally.notes.add(note) };
  const isSilent = createSilenceWatch();
  let ended: Problem | undefined;
  const end = (problem: Problem): void => {
    ended ??= problem;
    stop.abort();
  };
  const sync = async (target: Target): Promise<void> => {
    try {
      signal.throwIfAborted();
      progress.running(target);
      const result = await syncRegion(target, region);
      keepResult(target, result, options);
      if (result.problem !== undefined && isSilent(result.problem.kind)) end(result.problem);
      if (result.problem === undefined) isSilent(undefined);
    } catch (thrown) {
      end(toProblem(thrown));
    }
  };
  try {
    store.saveFirstOutcomes(targets.map((target) => notYetRead(target, clock())));
  } catch (thrown) {
    end(toProblem(thrown));
  }
  await Promise.all(targets.map((target) => limit(() => sync(target))));
  if (ended !== undefined) leaveUnseen(targets, ended, options);
}

/** Stands until a Region was read: after a first sync that was cut short nobody takes what is missing for nothing. */
const notYetRead = (target: Target, at: number): RegionOutcome => ({
  ...target,
  status: 'failed',
  at,
  error: 'No sync has read it to its end yet.',
  hint: 'Sync again: ctrl+r, or iam-triage sync.',
});

/** Takes each Region's end and answers whether the line is down. */
function createSilenceWatch(): (kind: ProblemKind | undefined) => boolean {
  let silent = 0;
  let answered = false;
  return (kind) => {
    if (kind === 'timeout') silent += 1;
    else answered = true;
    return !answered && silent >= SILENT_REGIONS;
  };
}

function keepResult(
  target: Target,
  { analyzers, outcome }: RegionResult,
  { store, tally, progress }: ProfileSyncOptions,
): void {
  store.saveRegionOutcome(outcome);
  tally.analyzers += analyzers;
  tally.rows.set(keyOf(target), toRow(outcome));
  progress.ended(target, outcome.status);
}

/** What a stopped profile did not come to. A cancelled Region keeps the outcome it had. */
function leaveUnseen(
  targets: readonly Target[],
  problem: Problem,
  { store, clock, progress, tally }: ProfileSyncOptions,
): void {
  // Cancelling ends every profile; it is one event.
  if (!tally.problems.some(({ kind }) => kind === 'cancelled' && kind === problem.kind))
    tally.problems.push(problem);
  const isSaved = problem.kind !== 'cancelled' && !problem.kind.startsWith('store-');
  for (const target of targets) {
    if (tally.rows.has(keyOf(target))) continue;
    const outcome = toOutcome(target, { status: 'failed', problems: [problem], at: clock() });
    tally.rows.set(keyOf(target), toRow(outcome));
    if (isSaved) store.saveRegionOutcome(outcome);
    progress.ended(target, 'failed');
  }
}

export const keyOf = ({ profile, region }: Target): string => `${profile}\n${region}`;

const toRow = ({ profile, region, status, error, hint }: Row): Row => ({
  profile,
  region,
  status,
  ...(error === undefined ? {} : { error }),
  ...(hint === undefined ? {} : { hint }),
});

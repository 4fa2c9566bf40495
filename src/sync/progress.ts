import type { RegionOutcome, RegionStatus } from '../domain/analyzer.ts';
import type { Problem } from '../domain/problem.ts';

/** One Region's way through a sync. */
export interface RegionProgress {
  readonly profile: string;
  readonly region: string;
  readonly state: 'waiting' | 'running' | RegionStatus;
  readonly findings: number;
}

/** Said often; `changed` tells what the store has that it had not before. */
export interface SyncProgress {
  /** 0–1; never goes back. */
  readonly fraction: number;
  readonly findings: number;
  readonly regions: readonly RegionProgress[];
  /** Findings or outcomes were written since the last progress. */
  readonly storeChanged: boolean;
}

export interface SyncReport {
  /** Read in this sync; an incremental one reads what changed. */
  readonly findings: number;
  readonly analyzers: number;
  readonly requests: number;
  readonly durationMs: number;
  readonly regions: readonly Pick<RegionOutcome, 'profile' | 'region' | 'status' | 'error' | 'hint'>[];
  /**
   * What ended a whole profile (no login, a line that is down) or the sync (cancelled, a store that cannot be written):
   * once each, however many Regions it left unseen.
   */
  readonly problems: readonly Problem[];
  /** What the numbers do not say: analyzers whose findings cannot be seen, rules that may not be read. */
  readonly notes: readonly string[];
}

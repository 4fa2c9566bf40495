import { awsCommand } from '../domain/command-line.ts';
import type { FindingRef, FindingStatus } from '../domain/finding.ts';
import type { Operation, UpdateFindingsChange } from '../domain/journal.ts';

/**
 * Findings a request. UpdateFindings names no ceiling, but one unknown id fails a whole call and its answer says
 * nothing, so chunks are small enough that a failed one is cheap to take apart and to read back.
 */
export const CHUNK_SIZE = 50;

/** The two statuses that a client can set; RESOLVED is AWS's alone. */
export type SettableStatus = UpdateFindingsChange['status'];

interface Batch {
  readonly profile: string;
  readonly region: string;
  readonly analyzerArn: string;
  /** By finding id, in the order of adding: its status before. */
  readonly before: Map<string, FindingStatus>;
}

/** Gathers findings of many analyzers and cuts them into UpdateFindings calls. */
export interface Batches {
  /** `false`: this finding is in already. */
  add(ref: FindingRef, before: FindingStatus): boolean;
  readonly size: number;
  operations(): readonly Operation[];
}

/** Empty batches that set findings to this status. */
export function createBatches(status: SettableStatus): Batches {
  const byProfile = new Map<string, Map<string, Batch>>();
  let size = 0;
  return {
    add(ref, before) {
      const batch = batchOf(byProfile, ref);
      // A map of the right size tells a repeat without being asked twice.
      const { size: held } = batch.before;
      batch.before.set(ref.id, before);
      if (batch.before.size === held) return false;
      size += 1;
      return true;
    },
    get size() {
      return size;
    },
    operations: () =>
      [...byProfile.values()].flatMap((batches) =>
        [...batches.values()].flatMap((batch) => cut(batch, status)),
      ),
  };
}

function batchOf(byProfile: Map<string, Map<string, Batch>>, ref: FindingRef): Batch {
  let byAnalyzer = byProfile.get(ref.profile);
  if (byAnalyzer === undefined) byProfile.set(ref.profile, (byAnalyzer = new Map<string, Batch>()));
  let batch = byAnalyzer.get(ref.analyzerArn);
  if (batch === undefined) {
    const { profile, region, analyzerArn } = ref;
    batch = { profile, region, analyzerArn, before: new Map() };
    byAnalyzer.set(ref.analyzerArn, batch);
  }
  return batch;
}

function cut(batch: Batch, status: SettableStatus): Operation[] {
  const operations: Operation[] = [];
  const all = [...batch.before.keys()];
  const statuses = [...batch.before.values()];
  for (let from = 0; from < all.length; from += CHUNK_SIZE) {
    const ids = all.slice(from, from + CHUNK_SIZE);
    const before = statuses.slice(from, from + CHUNK_SIZE);
    operations.push({
      profile: batch.profile,
      region: batch.region,
      analyzerArn: batch.analyzerArn,
      change: { kind: 'update-findings', status, ids, before },
      command: updateFindingsCommand(batch, ids, status),
    });
  }
  return operations;
}

function updateFindingsCommand(batch: Batch, ids: readonly string[], status: SettableStatus): string {
  return awsCommand(
    [
      'accessanalyzer',
      'update-findings',
      '--analyzer-arn',
      batch.analyzerArn,
      '--status',
      status,
      '--ids',
      ...ids,
    ],
    batch,
  );
}

import { awsCommand } from '../domain/command-line.ts';
import type { FindingRef, FindingStatus } from '../domain/finding.ts';
import type { Operation, UpdateFindingsChange } from '../domain/journal.ts';
import { createOnce, type Once } from './once.ts';

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
  readonly ids: Once;
  /** Of each of them: its status before. */
  readonly before: FindingStatus[];
}

/** Gathers findings of many analyzers and cuts them into UpdateFindings calls. */
export interface Batches {
  /** `false`: this finding is in already. */
  add(ref: FindingRef, before: FindingStatus): boolean;
  readonly size: number;
  operations(): readonly Operation[];
}

/** Empty batches that set findings to this status. `grouped`: as `createOnce` has it, of the findings' ids. */
export function createBatches(status: SettableStatus, grouped: boolean): Batches {
  const byProfile = new Map<string, Map<string, Batch>>();
  let size = 0;
  return {
    add(ref, before) {
      const batch = batchOf(byProfile, ref, grouped);
      if (!batch.ids.add(ref.id)) return false;
      batch.before.push(before);
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

function batchOf(byProfile: Map<string, Map<string, Batch>>, ref: FindingRef, grouped: boolean): Batch {
  let byAnalyzer = byProfile.get(ref.profile);
  if (byAnalyzer === undefined) byProfile.set(ref.profile, (byAnalyzer = new Map<string, Batch>()));
  let batch = byAnalyzer.get(ref.analyzerArn);
  if (batch === undefined) {
    const { profile, region, analyzerArn } = ref;
    batch = { profile, region, analyzerArn, ids: createOnce({ grouped }), before: [] };
    byAnalyzer.set(ref.analyzerArn, batch);
  }
  return batch;
}

function cut(batch: Batch, status: SettableStatus): Operation[] {
  const operations: Operation[] = [];
  const { all } = batch.ids;
  for (let from = 0; from < all.length; from += CHUNK_SIZE) {
    const ids = all.slice(from, from + CHUNK_SIZE);
    const before = batch.before.slice(from, from + CHUNK_SIZE);
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

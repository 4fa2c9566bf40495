import type { Result } from '../domain/problem.ts';
import type { RefreshReport } from '../app/services.ts';
import type { SyncProgress } from '../sync/progress.ts';
import { type Job, type JobOrder, type JobReply, startJob } from './job-thread.ts';
import type { RuntimeGround } from './runtime.ts';

/** What the thread is started with. */
export interface SyncOrder extends JobOrder {
  readonly full: boolean;
}

export type SyncReply = JobReply<SyncProgress, RefreshReport>;

/** Syncs one after the other, each on a thread of its own that ends with it: between two, nothing of the SDK stays in memory. */
export interface SyncThread {
  run(full: boolean, onProgress: (progress: SyncProgress) => void): Promise<Result<RefreshReport>>;
  cancel(): void;
  stop(): void;
}

export function createSyncThread(ground: RuntimeGround): SyncThread {
  let job: Job<RefreshReport> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const sync = async (
    full: boolean,
    onProgress: (progress: SyncProgress) => void,
  ): Promise<Result<RefreshReport>> => {
    job = startJob<SyncOrder, SyncProgress, RefreshReport>('sync-worker', { ground, full }, onProgress);
    try {
      return await job.result;
    } finally {
      job = undefined;
    }
  };

  return {
    run: (full, onProgress) => {
      const result = last.then(() => sync(full, onProgress));
      last = result;
      return result;
    },
    cancel: () => job?.cancel(),
    stop: () => job?.stop(),
  };
}

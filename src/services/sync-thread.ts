import { Worker } from 'node:worker_threads';
import type { Result } from '../domain/problem.ts';
import { fail, toProblem } from '../domain/problem.ts';
import type { RefreshReport } from '../app/services.ts';
import type { SyncProgress } from '../sync/progress.ts';
import type { RuntimeGround } from './runtime.ts';

/** What the thread is started with. */
export interface SyncOrder {
  readonly ground: RuntimeGround;
  readonly full: boolean;
}

/** The one thing that is said to it afterwards. */
export type SyncRequest = 'cancel';

export type SyncReply =
  | { readonly kind: 'progress'; readonly progress: SyncProgress }
  | { readonly kind: 'ended'; readonly result: Result<RefreshReport> };

/** Syncs one after the other, each on a thread of its own that ends with it: between two, nothing of the SDK stays in memory. */
export interface SyncThread {
  run(full: boolean, onProgress: (progress: SyncProgress) => void): Promise<Result<RefreshReport>>;
  cancel(): void;
  stop(): void;
}

/** V8 lets the young generation grow to many times of what a page of findings needs, if it may. */
const LIMITS = { maxYoungGenerationSizeMb: 12 };

/** In the bundle the worker stands beside this file; run from source it is the TypeScript file beside it. */
const workerUrl = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './sync-worker.ts' : './sync-worker.js', import.meta.url);

/** The SDK's own credential providers read the environment of the thread they run on. */
const start = (workerData: SyncOrder): Worker =>
  new Worker(workerUrl(), { workerData, env: workerData.ground.env, resourceLimits: LIMITS });

export function createSyncThread(ground: RuntimeGround): SyncThread {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const ask = (
    full: boolean,
    onProgress: (progress: SyncProgress) => void,
  ): Promise<Result<RefreshReport>> => {
    const thread = start({ ground, full });
    worker = thread;
    let result: Result<RefreshReport> = fail(
      toProblem(new DOMException('The sync was stopped.', 'AbortError')),
    );
    thread.on('message', (reply: SyncReply) => {
      if (reply.kind === 'progress') return onProgress(reply.progress);
      result = reply.result;
      void thread.terminate();
    });
    thread.on('error', (thrown) => {
      result = fail(toProblem(thrown));
    });
    return new Promise((resolve) => {
      thread.on('exit', () => {
        worker = undefined;
        resolve(result);
      });
    });
  };

  return {
    run: (full, onProgress) => {
      const result = last.then(() => ask(full, onProgress));
      last = result;
      return result;
    },
    cancel: () => worker?.postMessage('cancel' satisfies SyncRequest),
    stop: () => void worker?.terminate(),
  };
}

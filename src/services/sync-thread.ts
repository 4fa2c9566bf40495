import { Worker } from 'node:worker_threads';
import type { Result } from '../domain/problem.ts';
import { fail, toProblem } from '../domain/problem.ts';
import type { RefreshReport } from '../app/services.ts';
import type { SyncProgress } from '../sync/progress.ts';
import type { RuntimeGround } from './runtime.ts';

export type SyncRequest = { readonly kind: 'run'; readonly full: boolean } | { readonly kind: 'cancel' };

export type SyncReply =
  | { readonly kind: 'progress'; readonly progress: SyncProgress }
  | { readonly kind: 'ended'; readonly result: Result<RefreshReport> };

/** Syncs on a thread of their own, one at a time; the thread starts with the first. */
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
const start = (ground: RuntimeGround): Worker =>
  new Worker(workerUrl(), { workerData: ground, env: ground.env, resourceLimits: LIMITS });

export function createSyncThread(ground: RuntimeGround): SyncThread {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const ask = (
    full: boolean,
    onProgress: (progress: SyncProgress) => void,
  ): Promise<Result<RefreshReport>> => {
    const thread = (worker ??= start(ground));
    return new Promise((resolve) => {
      const end = (result: Result<RefreshReport>): void => {
        thread.off('message', hear).off('error', fall).off('exit', leave);
        resolve(result);
      };
      const hear = (reply: SyncReply): void =>
        reply.kind === 'progress' ? onProgress(reply.progress) : end(reply.result);
      const fall = (thrown: unknown): void => {
        worker = undefined;
        end(fail(toProblem(thrown)));
      };
      const leave = (): void => fall(new DOMException('The sync was stopped.', 'AbortError'));
      thread.on('message', hear).on('error', fall).on('exit', leave);
      thread.postMessage({ kind: 'run', full } satisfies SyncRequest);
    });
  };

  return {
    run: (full, onProgress) => {
      const result = last.then(() => ask(full, onProgress));
      last = result;
      return result;
    },
    cancel: () => worker?.postMessage({ kind: 'cancel' } satisfies SyncRequest),
    stop: () => void worker?.terminate(),
  };
}

import { Worker } from 'node:worker_threads';
import { fail, type Result, toProblem } from '../domain/problem.ts';
import type { RuntimeGround } from './runtime.ts';

/** V8 lets the young generation grow to many times of what a page of findings needs, if it may. */
const LIMITS = { maxYoungGenerationSizeMb: 12 };

/** In the bundle the worker stands beside this file; run from source it is the TypeScript file beside it. */
const workerUrl = (name: string): URL =>
  new URL(`./${name}.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

/** What every job is started with. */
export interface JobOrder {
  readonly ground: RuntimeGround;
}

/** What a job says, and with what it ends. */
export type JobReply<Said, Ended> =
  { readonly kind: 'said'; readonly said: Said } | { readonly kind: 'ended'; readonly result: Result<Ended> };

export interface Job<Ended> {
  /** Stopped before its end, it ends with kind `cancelled`. */
  readonly result: Promise<Result<Ended>>;
  /** Tells it that nobody wants it any more: it ends by itself, with what is safe. */
  cancel(): void;
  stop(): void;
}

/**
 * Runs one job on a thread of its own, which ends with it: it never delays a key, and nothing of it stays in memory. `name` is
 * an entry of the bundle. The SDK's credential providers read the environment of the thread they run on.
 */
export function startJob<Order extends JobOrder, Said, Ended>(
  name: string,
  order: Order,
  onSaid: (said: Said) => void = () => undefined,
): Job<Ended> {
  const thread = new Worker(workerUrl(name), {
    workerData: order,
    env: order.ground.env,
    resourceLimits: LIMITS,
  });
  let result: Result<Ended> = fail(toProblem(new DOMException('It was stopped.', 'AbortError')));
  thread.on('message', (reply: JobReply<Said, Ended>) => {
    if (reply.kind === 'said') return onSaid(reply.said);
    result = reply.result;
    void thread.terminate();
  });
  thread.on('error', (thrown) => {
    result = fail(toProblem(thrown));
  });
  return {
    result: new Promise((resolve) => thread.on('exit', () => resolve(result))),
    cancel: () => thread.postMessage('cancel'),
    stop: () => void thread.terminate(),
  };
}

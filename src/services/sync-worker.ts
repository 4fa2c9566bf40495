import { parentPort, workerData } from 'node:worker_threads';
import { toProblem, fail } from '../domain/problem.ts';
import { createRuntime } from './runtime.ts';
import type { SyncOrder, SyncReply } from './sync-thread.ts';
import { syncRuntime } from './sync-service.ts';

/**
 * The thread on which the console syncs once: reading a hundred thousand findings and writing them to the store never
 * delays a key. An entry of its own for the bundler.
 */
const port = parentPort;
if (port === null) throw new Error('sync-worker.ts runs as a worker thread.');

const { ground, full } = workerData as SyncOrder;
const runtime = createRuntime(ground);
const running = new AbortController();
const say = (reply: SyncReply): void => port.postMessage(reply);

// All that is ever said to it is that nobody wants the sync any more.
port.on('message', () => running.abort());
const result = await syncRuntime(runtime, {
  full,
  signal: running.signal,
  onProgress: (progress) => say({ kind: 'said', said: progress }),
}).catch((thrown: unknown) => fail<never>(toProblem(thrown)));
runtime.close();
say({ kind: 'ended', result });

import { parentPort, workerData } from 'node:worker_threads';
import { toProblem, fail } from '../domain/problem.ts';
import { createRuntime, type RuntimeGround } from './runtime.ts';
import type { SyncReply, SyncRequest } from './sync-thread.ts';
import { syncRuntime } from './sync-service.ts';

/**
 * The thread on which the console syncs: reading a hundred thousand findings and writing them to the store never delays a
 * key. An entry of its own for the bundler.
 */
const port = parentPort;
if (port === null) throw new Error('sync-worker.ts runs as a worker thread.');

const runtime = createRuntime(workerData as RuntimeGround);
let running: AbortController | undefined;

const say = (reply: SyncReply): void => port.postMessage(reply);

async function run(full: boolean): Promise<void> {
  running = new AbortController();
  const { signal } = running;
  const result = await syncRuntime(runtime, {
    full,
    signal,
    onProgress: (progress) => say({ kind: 'progress', progress }),
  }).catch((thrown: unknown) => fail<never>(toProblem(thrown)));
  say({ kind: 'ended', result });
}

port.on('message', (request: SyncRequest) => {
  if (request.kind === 'run') void run(request.full);
  else running?.abort();
});

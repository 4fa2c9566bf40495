import { parentPort, workerData } from 'node:worker_threads';
import { type Problem, type Result, toProblem } from '../domain/problem.ts';
import { openStore } from './open-store.ts';
import type { QueryReply, QueryRequest, QueryWorkerData, ReadName } from './query-protocol.ts';
import { isBusy } from './sqlite-problem.ts';
import type { Store } from './store.ts';

/**
 * The thread on which the console asks the store, so that a long answer never holds up a key. When it has nothing to
 * answer it brings the search index up to date, a slice at a time. An entry of its own for the bundler.
 */
const port = parentPort;
if (port === null) throw new Error('query-worker.ts runs as a worker thread.');
const { path } = workerData as QueryWorkerData;

/** Readers never wait in WAL mode, and the index can wait: whoever else writes goes first. */
const opened: Result<Store> = openStore(path, { busyTimeoutMs: 0 });

function answer({ id, name, args }: QueryRequest): QueryReply {
  if (!opened.ok) return { id, problem: opened.problem };
  try {
    const reads = opened.value as unknown as Record<ReadName, (...args: readonly unknown[]) => unknown>;
    return { id, value: reads[name](...args) };
  } catch (error) {
    const problem: Problem = toProblem(error);
    return { id, problem };
  }
}

/** Exposures indexed at a time: some ten milliseconds, the longest that a question waits for the index. */
const SLICE = 500;
const PAUSE_MS = 200;
const PAUSE_WHEN_BUSY_MS = 2_000;

let timer: NodeJS.Timeout | undefined;

function indexLater(delay: number): void {
  clearTimeout(timer);
  timer = setTimeout(indexSlice, delay).unref();
}

function indexSlice(): void {
  if (!opened.ok) return;
  try {
    indexLater(opened.value.advanceSearchIndex(SLICE) > 0 ? 0 : PAUSE_WHEN_BUSY_MS);
  } catch (error) {
    if (!isBusy(error)) throw error;
    indexLater(PAUSE_WHEN_BUSY_MS);
  }
}

port.on('message', (request: QueryRequest) => {
  port.postMessage(answer(request));
  indexLater(PAUSE_MS);
});
indexLater(PAUSE_MS);

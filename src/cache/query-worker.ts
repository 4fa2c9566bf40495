import { parentPort, workerData } from 'node:worker_threads';
import { fail, type Problem, ProblemError, type Result, toProblem } from '../domain/problem.ts';
import { giveBackMemory } from './give-back-memory.ts';
import { openStore } from './open-store.ts';
import type { QueryReply, QueryRequest, QueryWorkerData, ReadName } from './query-protocol.ts';
import { isDamage } from './sqlite-problem.ts';
import type { Store } from './store.ts';

/**
 * The thread on which the console asks the store, so that a long answer never holds up a key. When it has nothing to
 * answer it reads the findings into memory and brings the search index up to date, a slice at a time. An entry of its
 * own for the bundler.
 */
const port = parentPort;
if (port === null) throw new Error('query-worker.ts runs as a worker thread.');
const { path } = workerData as QueryWorkerData;

/**
 * Readers never wait in WAL mode, and the index can wait: whoever else writes goes first. Pages that all of the findings
 * were read from are not read again, and the system has them anyway.
 */
let opened: Result<Store> = openStore(path, { busyTimeoutMs: 0, pageCacheKib: 2_000, rebuild: false });

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

/** The longest that a question waits for what is done in between, on a slow machine too; and exposures between two looks at the clock. */
const SLICE_MS = 10;
const READ_SLICE = 500;
const INDEX_SLICE = 500;
/** After an answer the next question often comes at once; longer than that, and typing would keep the findings out of memory. */
const PAUSE_MS = 30;
const PAUSE_WHEN_REFUSED_MS = 2_000;

/** Exposures whose reading leaves enough garbage to give its memory back. */
const MANY = 20_000;

let readSinceRest = 0;
/** After much was read. What is written later changes a little of the list each time, and can wait until somebody asks. */
let isListAwaited = false;
let timer: NodeJS.Timeout | undefined;

function workLater(delay: number): void {
  clearTimeout(timer);
  timer = setTimeout(workOn, delay).unref();
}

/** Memory first: filters are waiting for it. Whether there is more to do. */
function workSome(store: Store): boolean {
  const until = performance.now() + SLICE_MS;
  while (performance.now() < until) {
    const read = store.readAhead(READ_SLICE);
    readSinceRest += read;
    if (read === 0 && store.advanceSearchIndex(INDEX_SLICE) === 0) return rest(store);
  }
  return true;
}

/** All is read. Whether there is more to do. */
function rest(store: Store): boolean {
  if (readSinceRest >= MANY) {
    giveBackMemory();
    isListAwaited = true;
  }
  readSinceRest = 0;
  isListAwaited &&= store.prepareList();
  return isListAwaited;
}

function workOn(): void {
  if (!opened.ok) return;
  try {
    const hasMore = workSome(opened.value);
    workLater(hasMore ? 0 : PAUSE_WHEN_REFUSED_MS);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    // Nobody asked for this work, so nobody is told: of damage whoever asks next is; a lock or a full disk may pass.
    if (isDamage(error.cause)) opened = fail(error.problem);
    else workLater(PAUSE_WHEN_REFUSED_MS);
  }
}

port.on('message', (request: QueryRequest) => {
  port.postMessage(answer(request));
  workLater(PAUSE_MS);
});
workLater(PAUSE_MS);

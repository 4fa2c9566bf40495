import { Worker } from 'node:worker_threads';
import { type Problem, ProblemError, toProblem } from '../domain/problem.ts';
import {
  type QueryReply,
  type QueryRequest,
  type QueryWorkerData,
  READ_NAMES,
  type ReadName,
} from './query-protocol.ts';
import type { StoreReads } from './store.ts';

/** The reads of the store as promises; they reject with ProblemError. */
export type AsyncReads = {
  readonly [Name in ReadName]: (
    ...args: Parameters<StoreReads[Name]>
  ) => Promise<ReturnType<StoreReads[Name]>>;
};

export interface Queries extends AsyncReads {
  /**
   * Reads of one place on the screen. A question that waits when the next one of its slot is asked, or whose signal is
   * aborted, is dropped: it rejects with kind `cancelled`.
   */
  in(slot: string, signal?: AbortSignal): AsyncReads;
  close(): Promise<void>;
}

interface Question {
  readonly request: QueryRequest;
  readonly slot: string | undefined;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** The worker's file beside this one: its source in the tests, `query-worker.js` in the bundle. */
const workerUrl = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './query-worker.ts' : './query-worker.js', import.meta.url);

/** V8 lets the young generation grow to 32 MB and more while the findings are read, and never gives it back. */
const LIMITS = { maxYoungGenerationSizeMb: 1 };

const cancelled = (): ProblemError => new ProblemError({ kind: 'cancelled', message: 'Cancelled.' });

/**
 * Asks one question of each slot at a time, so that those that wait can still be dropped. The other slots, and what is
 * asked for no slot, do not wait for its answer, which this thread may be too busy to take in.
 */
class QueryQueue {
  readonly #worker: Worker;
  #waiting: Question[] = [];
  readonly #asked = new Map<number, Question>();
  #nextId = 1;
  /** Why the thread ended by itself: nothing that is asked after that would ever be answered. */
  #failure: Problem | undefined;

  constructor(path: string) {
    const data: QueryWorkerData = { path };
    this.#worker = new Worker(workerUrl(), { workerData: data, resourceLimits: LIMITS });
    this.#worker.unref();
    this.#worker.on('message', (reply: QueryReply) => this.#receive(reply));
    this.#worker.on('error', (error) => {
      this.#failure = toProblem(error);
      this.#failAll(error);
    });
    this.#worker.on('exit', () => this.#failAll(cancelled()));
  }

  ask(name: ReadName, args: readonly unknown[], slot?: string, signal?: AbortSignal): Promise<unknown> {
    if (signal?.aborted === true) return Promise.reject(cancelled());
    if (this.#failure !== undefined) return Promise.reject(new ProblemError(this.#failure));
    return new Promise((resolve, reject) => {
      const question = { request: { id: this.#nextId++, name, args }, slot, resolve, reject };
      if (slot !== undefined) this.#drop((waiting) => waiting.slot === slot && waiting.request.name === name);
      signal?.addEventListener('abort', () => this.#abort(question), { once: true });
      this.#waiting.push(question);
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#failAll(cancelled());
    await this.#worker.terminate();
  }

  #next(): void {
    const busy = new Set(Array.from(this.#asked.values(), ({ slot }) => slot));
    this.#waiting = this.#waiting.filter((question) => {
      if (question.slot !== undefined && busy.has(question.slot)) return true;
      busy.add(question.slot);
      this.#asked.set(question.request.id, question);
      this.#worker.postMessage(question.request);
      return false;
    });
    if (this.#asked.size > 0) this.#worker.ref();
    else this.#worker.unref();
  }

  #receive(reply: QueryReply): void {
    const question = this.#asked.get(reply.id);
    this.#asked.delete(reply.id);
    this.#next();
    if (question === undefined) return;
    if ('problem' in reply) question.reject(new ProblemError(reply.problem));
    else question.resolve(reply.value);
  }

  /** An answer that is already being worked out is thrown away when it comes. */
  #abort(question: Question): void {
    this.#drop((waiting) => waiting === question);
    question.reject(cancelled());
  }

  #drop(isMeant: (question: Question) => boolean): void {
    for (const question of this.#waiting.filter(isMeant)) question.reject(cancelled());
    this.#waiting = this.#waiting.filter((question) => !isMeant(question));
  }

  #failAll(error: unknown): void {
    const problem = new ProblemError(toProblem(error));
    for (const question of [...this.#asked.values(), ...this.#waiting]) question.reject(problem);
    this.#asked.clear();
    this.#waiting = [];
  }
}

function createReads(ask: (name: ReadName, args: readonly unknown[]) => Promise<unknown>): AsyncReads {
  const reads = READ_NAMES.map((name) => [name, (...args: readonly unknown[]) => ask(name, args)]);
  return Object.fromEntries(reads) as AsyncReads;
}

/**
 * The store's reads on a thread of their own, over a connection of their own. The thread starts at the first question:
 * the first window is better read by the store itself, which is open already.
 */
export function createQueries(path: string): Queries {
  let queue: QueryQueue | undefined;
  const ask = (
    name: ReadName,
    args: readonly unknown[],
    slot?: string,
    signal?: AbortSignal,
  ): Promise<unknown> => (queue ??= new QueryQueue(path)).ask(name, args, slot, signal);
  return {
    ...createReads((name, args) => ask(name, args)),
    in: (slot, signal) => createReads((name, args) => ask(name, args, slot, signal)),
    close: async () => queue?.close(),
  };
}

import { parentPort, workerData } from 'node:worker_threads';
import { fail, toProblem } from '../domain/problem.ts';
import type { ReadingOrder, ReadingReply } from './reading-thread.ts';
import { runReading } from './reading.ts';
import { createRuntime } from './runtime.ts';

/** The thread on which the console does what takes much reading. An entry of its own for the bundler. */
const port = parentPort;
if (port === null) throw new Error('reading-worker.ts runs as a worker thread.');

const { ground, reading } = workerData as ReadingOrder;
const runtime = createRuntime(ground);
const result = await runReading(reading, runtime).catch((thrown: unknown) => fail<never>(toProblem(thrown)));
runtime.close();
port.postMessage({ kind: 'ended', result } satisfies ReadingReply);

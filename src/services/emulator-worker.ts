import { parentPort } from 'node:worker_threads';
import { startEmulator } from '../emulator/server.ts';

/** What the demo's emulator says once it listens. */
export interface EmulatorStarted {
  readonly url: string;
  /** Account id → name. */
  readonly accounts: Readonly<Record<string, string>>;
}

/** In the demo a day passes every minute, so that a fix of unused access can be seen to work. */
const PASS_MS = 60_000;

// The demo's emulator runs on a thread of its own, as AWS runs on machines of its own: it never delays a key.
const emulator = await startEmulator({ world: 'demo', passMs: PASS_MS });
const accounts = [...emulator.world.accounts.values()].map(({ id, name }) => [id, name] as const);
const started: EmulatorStarted = { url: emulator.url, accounts: Object.fromEntries(accounts) };
parentPort?.postMessage(started);

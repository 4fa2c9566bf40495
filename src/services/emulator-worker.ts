import { parentPort } from 'node:worker_threads';
import { startEmulator } from '../emulator/server.ts';

// The demo's emulator runs on a thread of its own, as AWS would run on machines of its own: it never delays a key.
const emulator = await startEmulator({ world: 'demo' });
parentPort?.postMessage({ url: emulator.url });

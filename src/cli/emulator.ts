import { serveEmulator } from '../services/emulator-service.ts';
import type { Command } from './command.ts';
import { print } from './print.ts';

/** `emulator`: prints one line with its URL and serves until it is stopped. */
export const emulator: Command = async ({ io, options, signal }) => {
  const numbers: Record<string, number> = {};
  for (const name of ['port', 'findings', 'latency', 'seed']) {
    const count = options.count(name);
    if (!count.ok) return count.problem;
    if (count.value !== undefined) numbers[name] = count.value;
  }
  const started = await serveEmulator(numbers);
  if (!started.ok) return started.problem;
  await print(io.out, `${started.value.url}\n`);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await started.value.close();
  return 0;
};

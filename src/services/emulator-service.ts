import type { Result } from '../domain/problem.ts';
import { fail, succeed } from '../domain/problem.ts';
import { startEmulator, type Emulator } from '../emulator/server.ts';

export interface EmulatorNumbers {
  readonly port?: number;
  readonly findings?: number;
  /** Milliseconds. */
  readonly latency?: number;
  readonly seed?: number;
}

/** Starts the emulator on loopback; a port in use is a problem with its number. */
export async function serveEmulator({
  port,
  findings,
  latency,
  seed,
}: EmulatorNumbers): Promise<Result<Emulator>> {
  try {
    const emulator = await startEmulator({
      world: findings === undefined ? 'demo' : { findings },
      ...(port === undefined ? {} : { port }),
      ...(latency === undefined ? {} : { latencyMs: latency }),
      ...(seed === undefined ? {} : { seed }),
    });
    return succeed(emulator);
  } catch (thrown) {
    if (thrown instanceof RangeError)
      return fail({ kind: 'usage', message: `${thrown.message}.`.replace('..', '.') });
    const { code, message } = thrown as NodeJS.ErrnoException;
    return fail({
      kind: 'unreachable',
      message: `The emulator could not listen on port ${port ?? 0} (${code ?? message}).`,
      hint: 'Name another port with --port, or leave it out for a free one.',
    });
  }
}

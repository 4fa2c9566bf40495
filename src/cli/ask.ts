import { createInterface } from 'node:readline/promises';
import type { CommandIo } from './command.ts';

/** Asks one line on stderr; undefined when the input ends instead. */
export async function ask(
  io: CommandIo,
  question: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const lines = createInterface({ input: io.in, output: io.err, terminal: false });
  try {
    const closed = new Promise<undefined>((resolve) => lines.once('close', () => resolve(undefined)));
    const answered = lines.question(question, signal === undefined ? {} : { signal });
    return await Promise.race([answered, closed]);
  } finally {
    lines.close();
  }
}

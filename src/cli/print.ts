import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Problem } from '../domain/problem.ts';
import type { CommandIo } from './command.ts';

/** Writes and waits while the reader is slow, so that a long answer never piles up in memory. */
export async function print(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain');
}

/** One line for what went wrong, one for what to do about it. */
export function formatProblem(problem: Problem): string {
  const hint = problem.hint === undefined ? '' : `\n  ${problem.hint}`;
  return `iam-triage: ${problem.message}${hint}\n`;
}

export function printProblem(io: Pick<CommandIo, 'err'>, problem: Problem): void {
  io.err.write(formatProblem(problem));
}

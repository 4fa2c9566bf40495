import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Problem } from '../domain/problem.ts';
import { cleanText } from '../domain/text.ts';
import type { CommandIo } from './command.ts';

/** Writes and waits while the reader is slow, so that a long answer never piles up in memory. */
export async function print(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain');
}

/** A problem of a filter has several lines; whatever was said by AWS is in one of them. */
const cleanLines = (text: string): string => text.split('\n').map(cleanText).join('\n');

/** One line for what went wrong, one for what to do about it. */
export function formatProblem(problem: Problem): string {
  const hint = problem.hint === undefined ? '' : `\n  ${cleanLines(problem.hint)}`;
  return `iam-triage: ${cleanLines(problem.message)}${hint}\n`;
}

export function printProblem(io: Pick<CommandIo, 'err'>, problem: Problem): void {
  io.err.write(formatProblem(problem));
}

import type { Readable, Writable } from 'node:stream';
import type { Problem, Result } from '../domain/problem.ts';
import type { Runtime } from '../services/runtime.ts';

/** Where a command reads and writes: results to `out`, everything else to `err`. */
export interface CommandIo {
  readonly out: Writable;
  readonly err: Writable;
  readonly in: Readable;
  /** Whether a person sits at stdin and stderr: then a command may ask and draw a progress bar. */
  readonly interactive: boolean;
  /** Width of the terminal, or 160 where the output is not one. */
  readonly columns: number;
  /** Width of the terminal that `err` goes to: a progress bar must not wrap in it. */
  readonly barColumns: number;
  readonly color: boolean;
  readonly ascii: boolean;
}

export interface CommandInput {
  readonly io: CommandIo;
  readonly runtime: Runtime;
  readonly positionals: readonly string[];
  readonly options: OptionValues;
  readonly signal: AbortSignal;
}

/** Values of a command's options, by name. */
export interface OptionValues {
  flag(name: string): boolean;
  text(name: string): string | undefined;
  /** Every value of a repeatable option. */
  texts(name: string): readonly string[];
  /** A whole number from 0 on; a problem names what was given instead. */
  count(name: string): Result<number | undefined>;
}

/** 0 done · 1 failed · 2 wrong usage or configuration · 3 done in part. A thrown or returned problem becomes 1 or 2. */
export type ExitCode = 0 | 1 | 2 | 3;
export type Command = (input: CommandInput) => Promise<ExitCode | Problem>;

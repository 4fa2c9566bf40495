import type { Problem } from '../../domain/problem.ts';
import type { Store } from '../../services/runtime.ts';
import type { CommandInput, ExitCode } from '../command.ts';

export interface AnalyzersInput extends CommandInput {
  readonly store: Store;
}

/** A command of `analyzers`: the store is open, and positionals are what stands behind its name. */
export type AnalyzersCommand = (input: AnalyzersInput) => Promise<ExitCode | Problem>;

import type { Problem } from '../../domain/problem.ts';
import type { RulesService } from '../../services/rules-service.ts';
import type { Store } from '../../services/runtime.ts';
import type { CommandInput, ExitCode } from '../command.ts';

export interface RulesInput extends CommandInput {
  readonly service: RulesService;
  readonly store: Store;
}

/** A command of `rules`: the store is open, and positionals are what stands behind its name. */
export type RulesCommand = (input: RulesInput) => Promise<ExitCode | Problem>;

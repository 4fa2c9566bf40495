import { ANALYZERS_COMMANDS, ANALYZERS_OPTIONS } from './analyzers/analyzers-table.ts';
import type { Command } from './command.ts';
import { chooseSubcommand } from './subcommand.ts';

/** `analyzers list|delete`: the analyzers of every Region. */
export const analyzers: Command = async (input) => {
  const group = { name: 'analyzers', commands: ANALYZERS_COMMANDS, options: ANALYZERS_OPTIONS };
  const chosen = chooseSubcommand(group, input);
  if (!chosen.ok) return chosen.problem;
  const { command, positionals } = chosen.value;
  const store = input.runtime.store();
  if (!store.ok) return store.problem;
  const run = await command.load();
  return run({ ...input, positionals, store: store.value });
};

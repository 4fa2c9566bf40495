import { createRulesService } from '../services/rules-service.ts';
import type { Command } from './command.ts';
import type { RulesCommand } from './rules/rules-command.ts';
import { RULES_COMMANDS, RULES_OPTIONS } from './rules/rules-table.ts';
import { chooseSubcommand } from './subcommand.ts';

/** `rules list|create|…`: archive rules of every Region. */
export const rules: Command = async (input) => {
  const group = { name: 'rules', commands: RULES_COMMANDS, options: RULES_OPTIONS };
  const chosen = chooseSubcommand(group, input);
  if (!chosen.ok) return chosen.problem;
  const { command, positionals } = chosen.value;
  const store = input.runtime.store();
  if (!store.ok) return store.problem;
  const run: RulesCommand = await command.load();
  const service = createRulesService(input.runtime, store.value);
  return run({ ...input, positionals, service, store: store.value });
};

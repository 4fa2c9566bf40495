import { nearest } from '../domain/nearest.ts';
import type { Problem } from '../domain/problem.ts';
import { cleanText } from '../domain/text.ts';
import { createRulesService } from '../services/rules-service.ts';
import type { Command, CommandInput, ExitCode } from './command.ts';
import type { RulesCommand } from './rules/rules-command.ts';
import { RULES_COMMANDS, RULES_OPTIONS, type RulesCommandSpec } from './rules/rules-table.ts';

/** `rules list|create|…`: archive rules of every Region. */
export const rules: Command = async (input) => {
  const [name = '', ...positionals] = input.positionals;
  const spec = RULES_COMMANDS.find((each) => each.name === name);
  if (spec === undefined) return unknownCommand(name);
  const wrong = checkUse(spec, positionals, input);
  if (wrong !== undefined) return wrong;
  const store = input.runtime.store();
  if (!store.ok) return store.problem;
  const run: RulesCommand = await spec.load();
  const service = createRulesService(input.runtime, store.value);
  const ended: ExitCode | Problem = await run({ ...input, positionals, service, store: store.value });
  return ended;
};

function unknownCommand(name: string): Problem {
  const names = RULES_COMMANDS.map((each) => each.name);
  const near = nearest(name, names);
  return {
    kind: 'usage',
    message: `There is no command "rules ${cleanText(name)}"${near === undefined ? '.' : `; did you mean "rules ${near}"?`}`,
    hint: `There are: ${names.join(', ')}. See \`iam-triage rules --help\`.`,
  };
}

/** Options of the other rules commands are refused: `rules list --apply` must not look as if it applied something. */
function checkUse(
  spec: RulesCommandSpec,
  positionals: readonly string[],
  { options }: CommandInput,
): Problem | undefined {
  const given = Object.keys(RULES_OPTIONS).filter(
    (name) => options.flag(name) || options.text(name) !== undefined,
  );
  const stranger = given.find((name) => !spec.options.includes(name));
  const [least, most] = spec.positionals;
  const usage = `iam-triage rules ${spec.name} ${spec.usage}`.trimEnd();
  if (stranger !== undefined)
    return { kind: 'usage', message: `"rules ${spec.name}" has no option "--${stranger}".`, hint: usage };
  if (positionals.length >= least && positionals.length <= most) return undefined;
  const what = positionals.length < least ? 'needs more arguments' : 'takes fewer arguments';
  return { kind: 'usage', message: `"rules ${spec.name}" ${what}.`, hint: usage };
}

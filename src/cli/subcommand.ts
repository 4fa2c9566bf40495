import { nearest } from '../domain/nearest.ts';
import { fail, type Problem, type Result, succeed } from '../domain/problem.ts';
import { cleanText } from '../domain/text.ts';
import type { CommandInput } from './command.ts';
import type { OptionSpec } from './option-spec.ts';

/** A command of a command: `rules list`. */
export interface Subcommand {
  readonly name: string;
  readonly usage: string;
  /** Names of its options, among those of the group. */
  readonly options: readonly string[];
  /** Least and most number of arguments behind the name. */
  readonly positionals: readonly [number, number];
}

export interface SubcommandGroup<S extends Subcommand> {
  readonly name: string;
  readonly commands: readonly S[];
  /** Every option that one of them may have. */
  readonly options: Readonly<Record<string, OptionSpec>>;
}

/**
 * The command that the first argument names, and the arguments behind it. Options of the others are refused:
 * `rules list --apply` must not look as if it applied something.
 */
export function chooseSubcommand<S extends Subcommand>(
  group: SubcommandGroup<S>,
  input: CommandInput,
): Result<{ readonly command: S; readonly positionals: readonly string[] }> {
  const [name = '', ...positionals] = input.positionals;
  const command = group.commands.find((each) => each.name === name);
  if (command === undefined) return fail(unknownCommand(group, name));
  const wrong = checkUse(group, command, { ...input, positionals });
  return wrong === undefined ? succeed({ command, positionals }) : fail(wrong);
}

function unknownCommand({ name: group, commands }: SubcommandGroup<Subcommand>, name: string): Problem {
  const names = commands.map((each) => each.name);
  const near = nearest(name, names);
  return {
    kind: 'usage',
    message: `There is no command "${group} ${cleanText(name)}"${near === undefined ? '.' : `; did you mean "${group} ${near}"?`}`,
    hint: `There are: ${names.join(', ')}. See \`iam-triage ${group} --help\`.`,
  };
}

function checkUse(
  group: SubcommandGroup<Subcommand>,
  command: Subcommand,
  { options, positionals }: CommandInput,
): Problem | undefined {
  const given = Object.keys(group.options).filter(
    (name) => options.flag(name) || options.text(name) !== undefined,
  );
  const stranger = given.find((name) => !command.options.includes(name));
  const [least, most] = command.positionals;
  const name = `"${group.name} ${command.name}"`;
  const hint = `iam-triage ${group.name} ${command.name} ${command.usage}`.trimEnd();
  if (stranger !== undefined)
    return { kind: 'usage', message: `${name} has no option "--${stranger}".`, hint };
  if (positionals.length >= least && positionals.length <= most) return undefined;
  const what = positionals.length < least ? 'needs more arguments' : 'takes fewer arguments';
  return { kind: 'usage', message: `${name} ${what}.`, hint };
}

import { parseArgs } from 'node:util';
import { nearest } from '../domain/nearest.ts';
import type { Problem, Result } from '../domain/problem.ts';
import { fail, succeed } from '../domain/problem.ts';
import { cleanText } from '../domain/text.ts';
import type { OptionValues } from './command.ts';
import { COMMANDS, GLOBAL_OPTIONS, type CommandSpec } from './command-table.ts';
import type { OptionSpec } from './option-spec.ts';

/** The command line, understood: which command (undefined: the console) and the values of its options. */
export interface Arguments {
  readonly command: CommandSpec | undefined;
  readonly positionals: readonly string[];
  readonly options: OptionValues;
  readonly profiles: readonly string[];
  readonly regions: readonly string[];
}

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** Reads argv (without node and script). Options may stand before or after the command; `--` ends them. */
export function parseArguments(argv: readonly string[]): Result<Arguments> {
  const command = findCommand(argv);
  if (!command.ok) return command;
  const specs = { ...GLOBAL_OPTIONS, ...command.value?.options };
  const { values, positionals, tokens } = parseArgs({
    args: argv.map(hideMinus),
    options: toParseOptions(specs),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const problem = checkOption(token.name, token.rawName, token.value, specs);
    if (problem !== undefined) return fail(problem);
  }
  const rest = positionals.slice(command.value === undefined ? 0 : 1).map(showMinus);
  const wrong = checkPositionals(command.value, rest, values);
  if (wrong !== undefined) return fail(wrong);
  return succeed({
    command: command.value,
    positionals: rest,
    options: createOptionValues(values),
    profiles: texts(values['profile']),
    regions: texts(values['region']),
  });
}

const texts = (value: Values[string]): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string').map(showMinus);

function toParseOptions(specs: Readonly<Record<string, OptionSpec>>) {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { type, multiple }]) => [name, { type, multiple: multiple ?? false }]),
  );
}

/**
 * A filter may begin with a minus (`-resource:*backup*`), which parseArgs would take for a bundle of short options: such
 * words travel through it behind a mark that no argument can hold (the operating system ends arguments at NUL).
 */
const MARK = '\0';
const hideMinus = (arg: string): string =>
  /^-[^-]/.test(arg) ? (arg === '-h' ? '--help' : MARK + arg) : arg;
const showMinus = (arg: string): string => (arg.startsWith(MARK) ? arg.slice(1) : arg);

/** The first word that is not an option or an option's value names the command. */
function findCommand(argv: readonly string[]): Result<CommandSpec | undefined> {
  const specs = Object.fromEntries(
    [...COMMANDS.map(({ options }) => options), GLOBAL_OPTIONS].flatMap(Object.entries<OptionSpec>),
  );
  for (let index = 0; index < argv.length; index++) {
    const arg = argv[index] ?? '';
    if (arg === '--') break;
    if (arg.startsWith('-')) {
      if (!arg.includes('=') && specs[arg.slice(2)]?.type === 'string') index++;
      continue;
    }
    const command = COMMANDS.find(({ name }) => name === arg);
    return command === undefined ? fail(unknownCommand(arg)) : succeed(command);
  }
  return succeed(undefined);
}

const usageHint = (command?: CommandSpec): string =>
  `Run \`iam-triage ${command === undefined ? '' : `${command.name} `}--help\`.`;

function unknownCommand(word: string): Problem {
  const near = nearest(
    word,
    COMMANDS.map(({ name }) => name),
  );
  return {
    kind: 'usage',
    message: `There is no command "${cleanText(word)}"${near === undefined ? '.' : `; did you mean "${near}"?`}`,
    hint: usageHint(),
  };
}

function checkOption(
  name: string,
  rawName: string,
  value: string | undefined,
  specs: Readonly<Record<string, OptionSpec>>,
): Problem | undefined {
  const spec = specs[name];
  const shown = cleanText(rawName);
  if (spec === undefined) {
    const near = nearest(name, Object.keys(specs));
    return {
      kind: 'usage',
      message: `There is no option "${shown}"${near === undefined ? '.' : `; did you mean "--${near}"?`}`,
      hint: usageHint(),
    };
  }
  if (spec.type === 'string' && (value === undefined || value === '')) {
    return {
      kind: 'usage',
      message: `Option "${shown}" needs a value: ${shown} ${spec.value ?? 'VALUE'}.`,
      hint: usageHint(),
    };
  }
  if (spec.type === 'boolean' && value !== undefined) {
    return { kind: 'usage', message: `Option "${shown}" takes no value.`, hint: usageHint() };
  }
  return undefined;
}

function checkPositionals(
  command: CommandSpec | undefined,
  rest: readonly string[],
  values: Values,
): Problem | undefined {
  if (command === undefined) return rest[0] === undefined ? undefined : unknownCommand(rest[0]);
  const [least, most] = command.positionals;
  if (values['help'] === true || (rest.length >= least && rest.length <= most)) return undefined;
  const what = rest.length < least ? 'needs more arguments' : 'takes fewer arguments';
  return {
    kind: 'usage',
    message: `"${command.name}" ${what}: iam-triage ${command.name} ${command.usage}`.trimEnd() + '.',
    hint: usageHint(command),
  };
}

function createOptionValues(values: Values): OptionValues {
  const text = (name: string) => texts(values[name])[0];
  return {
    flag: (name) => values[name] === true,
    text,
    texts: (name) => texts(values[name]),
    count: (name) => {
      const given = text(name);
      if (given === undefined) return succeed(undefined);
      if (/^\d{1,9}$/.test(given)) return succeed(Number(given));
      const message = `Option "--${name}" must be a whole number, not "${cleanText(given)}".`;
      return fail({ kind: 'usage', message, hint: usageHint() });
    },
  };
}

import { COMMANDS, GLOBAL_OPTIONS, type CommandSpec } from './command-table.ts';
import type { OptionSpec } from './option-spec.ts';

const optionLines = (options: Readonly<Record<string, OptionSpec>>): string[] =>
  Object.entries(options).map(
    ([name, spec]) => `  ${`--${name}${spec.value ? ` ${spec.value}` : ''}`.padEnd(20)}${spec.help}`,
  );

/** Help of the whole program: what it is, the commands, the options. */
export function formatHelp(): string {
  return [
    'iam-triage: the findings of IAM Access Analyzer, every analyzer, Region and profile in one list.',
    '',
    'Usage: iam-triage [options]            open the console',
    '       iam-triage COMMAND [options]',
    '',
    'Try it without an AWS account: iam-triage --demo',
    '',
    'Commands:',
    ...COMMANDS.map(({ name, summary }) => `  ${name.padEnd(20)}${summary}`),
    '',
    'Options:',
    ...optionLines(GLOBAL_OPTIONS),
    '',
    'Filters: status:active type:unused-* region:eu-*,us-east-1 public:yes age:>30d -resource:*backup* (… or …) word',
    'Exit: 0 done · 1 failed · 2 wrong usage or configuration · 3 done in part',
    '',
  ].join('\n');
}

/** Help of one command. */
export function formatCommandHelp(command: CommandSpec): string {
  const own = optionLines(command.options);
  return [
    `iam-triage ${command.name}: ${command.summary}`,
    '',
    `Usage: iam-triage ${command.name} ${command.usage}`.trimEnd(),
    ...(command.forms ?? []).map((form) => `       iam-triage ${command.name} ${form}`.trimEnd()),
    ...(own.length > 0 ? ['', 'Options:', ...own] : []),
    '',
    'Global options:',
    ...optionLines(GLOBAL_OPTIONS),
    '',
  ].join('\n');
}

import { ACT_COMMANDS } from './act.ts';
import type { Command } from './command.ts';
import { ANALYZER_COMMANDS } from './analyzers.ts';
import { FIX_COMMANDS } from './fix.ts';
import { LOOK_COMMANDS } from './look.ts';
import { MOVE_COMMANDS } from './move.ts';
import { PROGRAM_COMMANDS } from './program.ts';
import { RULE_COMMANDS } from './rules.ts';
import { SELECT_COMMANDS } from './select.ts';
import { TAKE_ALONG_COMMANDS } from './take-along.ts';

/** Every command, in the order of help and README. */
export const COMMANDS: readonly Command[] = [
  ...MOVE_COMMANDS,
  ...SELECT_COMMANDS,
  ...ACT_COMMANDS,
  ...RULE_COMMANDS,
  ...ANALYZER_COMMANDS,
  ...FIX_COMMANDS,
  ...LOOK_COMMANDS,
  ...TAKE_ALONG_COMMANDS,
  ...PROGRAM_COMMANDS,
];

const BY_ID: ReadonlyMap<string, Command> = new Map(COMMANDS.map((command) => [command.id, command]));

export const findCommand = (id: string): Command | undefined => BY_ID.get(id);

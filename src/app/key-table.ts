import { createKeymap, keysOf, keySign } from './bindings.ts';
import { COMMANDS } from './commands/all.ts';
import { COMMAND_GROUPS } from './commands/command.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The README's table of keys, in Markdown; a test fails when the README has another one. */
export function formatKeyTable(): string {
  const keymap = createKeymap();
  const rows = COMMAND_GROUPS.flatMap((group) =>
    COMMANDS.filter((command) => command.group === group).map((command) => {
      const keys = keysOf(keymap, command).map((chord) => `\`${keySign(chord)}\``);
      return `| ${cell(keys.length === 0 ? 'palette' : keys.join(' '))} | ${cell(command.title)} | ${command.id} |`;
    }),
  );
  return ['| key | does | name in the settings |', '|---|---|---|', ...rows].join('\n');
}

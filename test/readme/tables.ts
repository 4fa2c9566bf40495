/** The tables of the README, each derived from the code that it describes. */
import { formatKeyTable } from '../../src/app/key-table.ts';
import { COMMANDS } from '../../src/cli/command-table.ts';
import { FILTER_KEYS } from '../../src/domain/filter/ast.ts';
import { FILTER_KEY_HELP } from '../../src/domain/filter/complete.ts';
import { RISK_WEIGHTS } from '../../src/domain/risk.ts';
import { SETTINGS } from '../../src/services/settings-table.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), `|${head.map(() => '---|').join('')}`, ...rows.map((cells) => row(...cells))].join('\n');

/** Name of the section between its two comments → its text. */
export const README_TABLES: Readonly<Record<string, () => string>> = {
  keys: formatKeyTable,
  filters: () =>
    table(
      ['key', 'is about', 'for example'],
      FILTER_KEYS.map((key) => [
        `\`${key}\``,
        FILTER_KEY_HELP[key].summary,
        `\`${FILTER_KEY_HELP[key].example}\``,
      ]),
    ),
  commands: () =>
    table(
      ['command', 'does'],
      COMMANDS.map(({ name, usage, summary }) => [`\`${`${name} ${usage}`.trim()}\``, summary]),
    ),
  risk: () =>
    table(
      ['points', 'what', 'when'],
      Object.values(RISK_WEIGHTS).map(({ points, label, when }) => [String(points), label, when]),
    ),
  settings: () =>
    table(
      ['key', 'must be', 'default'],
      Object.entries(SETTINGS).map(([key, spec]) => [
        `\`${key}\``,
        spec.allowed,
        `\`${JSON.stringify(spec.default)}\``,
      ]),
    ),
};

/** The README's text with every table as the code has it now. */
export function withTables(readme: string): string {
  return Object.entries(README_TABLES).reduce((text, [name, format]) => {
    const section = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!section.test(text)) throw new Error(`The README has no section ${name}.`);
    return text.replace(section, (_, open: string, close: string) => `${open}${format()}\n${close}`);
  }, readme);
}

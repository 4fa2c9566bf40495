import { listThemes } from '../services/theme-service.ts';
import type { Command } from './command.ts';
import { print } from './print.ts';
import { fitColumns, formatTable } from './table.tsx';
import { cleanText } from '../domain/text.ts';

/** `themes`: the shipped ones and the person's own, the one in force marked, and what is wrong with any. */
export const themes: Command = async ({ io, runtime }) => {
  const inForce = runtime.settings.values.theme;
  const { themes: all, problems } = listThemes(runtime.paths.themes, inForce);
  const columns = fitColumns(io.columns, [
    { title: '', width: 1 },
    { title: 'THEME', width: 18 },
    { title: 'FROM', width: 8 },
    { title: 'ABOUT', weight: 1 },
  ]);
  const rows = all.map(({ name, source, description }) =>
    [name === inForce ? '*' : '', name, source, description].map(cleanText),
  );
  await print(io.out, formatTable(columns, rows, io));
  io.err.write(
    `Your own go to ${runtime.paths.themes} as NAME.json; choose one with --theme NAME or in the console with :theme.\n`,
  );
  for (const problem of problems) io.err.write(`${problem.message}\n`);
  return problems.length > 0 ? 1 : 0;
};

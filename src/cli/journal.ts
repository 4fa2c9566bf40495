import type { JournalEntry } from '../domain/journal.ts';
import { cleanText } from '../domain/text.ts';
import { toEntryJson } from '../services/formats/journal-json.ts';
import { toIso } from '../domain/finding-json.ts';
import { toJsonText } from '../domain/json-text.ts';
import type { Command } from './command.ts';
import { print } from './print.ts';
import { fitColumns, formatTable } from './table.tsx';

const PAGE = 200;

/** `journal`: what was done, newest first; `--json` is an array with every operation, outcome and command. */
export const journal: Command = async ({ io, runtime, options }) => {
  const store = runtime.store();
  if (!store.ok) return store.problem;
  const json = options.flag('json');
  let before: number | undefined;
  let first = true;
  if (json) await print(io.out, '[');
  for (;;) {
    const entries = store.value.entries({ limit: PAGE, ...(before === undefined ? {} : { before }) });
    if (json)
      for (const [index, entry] of entries.entries())
        await print(io.out, `${first && index === 0 ? '\n' : ',\n'}${toJsonText(toEntryJson(entry))}`);
    else await print(io.out, formatEntries(entries, io.columns, first));
    if (entries.length > 0) first = false;
    before = entries.at(-1)?.id;
    if (entries.length < PAGE || before === undefined) break;
  }
  if (json) await print(io.out, '\n]\n');
  else if (first) io.err.write('The journal is empty: nothing was changed yet.\n');
  return 0;
};

function formatEntries(entries: readonly JournalEntry[], columns: number, heading: boolean): string {
  const widths = fitColumns(Math.max(columns, 80), [
    { title: 'ENTRY', width: 5 },
    { title: 'WHEN', width: 16 },
    { title: 'OUTCOME', width: 8 },
    { title: 'WHAT', weight: 2 },
    { title: 'REASON', weight: 1 },
  ]);
  const rows = entries.map(({ id, at, state, title, reason, undoneBy }) => [
    String(id),
    toIso(at).slice(0, 16).replace('T', ' '),
    undoneBy === undefined ? state : 'undone',
    cleanText(title),
    cleanText(reason ?? ''),
  ]);
  return formatTable(widths, rows, { heading });
}

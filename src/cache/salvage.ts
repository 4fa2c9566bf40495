import { isDamage } from './sqlite-problem.ts';
import type { Connection, SqlValue } from './sqlite.ts';

export interface Salvaged {
  readonly entries: number;
  readonly decisions: number;
  /** false: some of it could not be read. */
  readonly complete: boolean;
}

type Row = Readonly<Record<string, SqlValue>>;

/** What no sync could fetch again, parents before children, with what orders the rows on the disk. */
const TABLES = [
  { table: 'decision', order: 'exposure_key' },
  { table: 'fixed_mark', order: 'exposure_key' },
  { table: 'journal_entry', order: 'rowid' },
  { table: 'journal_operation', order: 'rowid' },
  { table: 'journal_event', order: 'rowid' },
  { table: 'journal_open', order: 'rowid' },
] as const;

/** Copies journal, decisions and marks from a damaged store, reading around the damage. */
export function salvage(source: Connection, target: Connection): Salvaged {
  let complete = true;
  target.durable(() => {
    for (const { table, order } of TABLES) if (!copyTable(source, target, { table, order })) complete = false;
    copyState(source, target);
  });
  const count = (table: string): number =>
    target.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0;
  return { entries: count('journal_entry'), decisions: count('decision'), complete };
}

interface Place {
  readonly table: string;
  readonly order: string;
}

/** From the front as far as it goes, and where that is not the end, from the back: damage is mostly in one place. */
function copyTable(source: Connection, target: Connection, { table, order }: Place): boolean {
  const copy = (row: Row): void => copyRow(target, table, row);
  if (readAll(source, `SELECT * FROM ${table} ORDER BY ${order}`, copy)) return true;
  readAll(source, `SELECT * FROM ${table} ORDER BY ${order} DESC`, copy);
  return false;
}

/** Whether it got to the end. */
function readAll(source: Connection, sql: string, copy: (row: Row) => void): boolean {
  try {
    for (const row of source.iterate<Row>(sql, [])) copy(row);
    return true;
  } catch (error) {
    if (isDamage(error)) return false;
    // A table of which not even the name is left.
    if (/no such table/.test(String(error))) return false;
    throw error;
  }
}

/** A row that is only half right (its entry is lost, a column is empty) is left behind. */
function copyRow(target: Connection, table: string, row: Row): void {
  const columns = Object.keys(row);
  const slots = columns.map(() => '?').join(', ');
  const sql = `INSERT OR IGNORE INTO ${table} (${columns.map((name) => `"${name}"`).join(', ')}) VALUES (${slots})`;
  try {
    target.run(sql, ...Object.values(row));
  } catch (error) {
    if (!/constraint failed/i.test(String(error))) throw error;
  }
}

/** What sync knew (when it last ran, what is indexed) is not true of an empty store. */
function copyState(source: Connection, target: Connection): void {
  readAll(source, "SELECT * FROM state WHERE key = 'lastVisit' OR key LIKE 'kept %'", (row) =>
    copyRow(target, 'state', row),
  );
}

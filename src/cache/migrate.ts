import { initial } from './migrations/001-initial.ts';
import { exposureChanges } from './migrations/002-exposure-changes.ts';
import { fewerIndexes } from './migrations/003-fewer-indexes.ts';
import type { Connection } from './sqlite.ts';

/** Appended, never edited: a store of any older version runs those it has not had. Its `user_version` counts them. */
export const MIGRATIONS: readonly string[] = [initial, exposureChanges, fewerIndexes];

export const schemaVersion = (connection: Connection): number =>
  connection.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;

/** Brings the store to `target`, all of it or nothing. Another process may have done so in the meantime. */
export function migrate(connection: Connection, migrations: readonly string[] = MIGRATIONS): void {
  if (schemaVersion(connection) >= migrations.length) return;
  connection.transaction(() => {
    for (const sql of migrations.slice(schemaVersion(connection))) connection.db.exec(sql);
    connection.db.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

import type { Connection } from './sqlite.ts';

/** Changes that are kept: who has missed more reads everything again. */
const KEPT = 200_000;

/**
 * Which exposures have changed since they were written, by number of the change: so that whoever holds them in memory
 * reads only these again. New ones are told by their row ids.
 */
export function noteChange(connection: Connection, exposure: number): void {
  connection.run('INSERT INTO exposure_change (exposure) VALUES (?)', exposure);
}

export function forgetOldChanges(connection: Connection): void {
  connection.run('DELETE FROM exposure_change WHERE id <= ?', lastChange(connection) - KEPT);
}

export const lastChange = (connection: Connection): number =>
  connection.get<{ id: number | null }>('SELECT max(id) AS id FROM exposure_change')?.id ?? 0;

/** Of those that are kept. */
export const firstChange = (connection: Connection): number | undefined =>
  connection.get<{ id: number | null }>('SELECT min(id) AS id FROM exposure_change')?.id ?? undefined;

/** Row ids of exposures, each once; undefined: some of these changes are no longer known. */
export function changedSince(connection: Connection, change: number): readonly number[] | undefined {
  if ((firstChange(connection) ?? 0) > change + 1) return undefined;
  return connection
    .all<{ exposure: number }>('SELECT DISTINCT exposure FROM exposure_change WHERE id > ?', change)
    .map(({ exposure }) => exposure);
}

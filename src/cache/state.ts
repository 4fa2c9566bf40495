import type { Connection } from './sqlite.ts';

/** Small things to remember, as JSON under a name. */
export function loadState(connection: Connection, key: string): unknown {
  const row = connection.get<{ value: string }>('SELECT value FROM state WHERE key = ?', key);
  return row === undefined ? undefined : (JSON.parse(row.value) as unknown);
}

export function setState(connection: Connection, key: string, value: unknown): void {
  if (value === undefined) connection.run('DELETE FROM state WHERE key = ?', key);
  else connection.run('INSERT OR REPLACE INTO state (key, value) VALUES (?, ?)', key, JSON.stringify(value));
}

export function loadNumber(connection: Connection, key: string): number | undefined {
  const value = loadState(connection, key);
  return typeof value === 'number' ? value : undefined;
}

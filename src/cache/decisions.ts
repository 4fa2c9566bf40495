import type { Decision } from '../domain/decision.ts';
import type { Connection } from './sqlite.ts';

/** Decisions and marks belong to an exposure's key, not to its row: they survive everything that findings do. */
export function saveDecision(connection: Connection, decision: Decision): void {
  const sql = 'INSERT OR REPLACE INTO decision (exposure_key, body) VALUES (?, ?)';
  connection.run(sql, decision.exposureId, JSON.stringify(decision));
}

export function loadDecision(connection: Connection, exposureId: string): Decision | undefined {
  const row = connection.get<{ body: string }>(
    'SELECT body FROM decision WHERE exposure_key = ?',
    exposureId,
  );
  return row === undefined ? undefined : (JSON.parse(row.body) as Decision);
}

export const loadDecisions = (connection: Connection): Decision[] =>
  connection
    .all<{ body: string }>('SELECT body FROM decision')
    .map((row) => JSON.parse(row.body) as Decision);

/** A finding turned out to belong to another exposure: what was decided goes with it, unless one stands there. */
export function followDecision(connection: Connection, from: string, to: string): void {
  const decision = loadDecision(connection, from);
  if (decision !== undefined && loadDecision(connection, to) === undefined) {
    saveDecision(connection, { ...decision, exposureId: to });
  }
  connection.run(
    `INSERT INTO fixed_mark (exposure_key, at) SELECT ?, at FROM fixed_mark WHERE exposure_key = ?
      ON CONFLICT DO NOTHING`,
    to,
    from,
  );
}

/** A fix was applied at this time, and its proof is awaited. */
export function setFixedMark(connection: Connection, exposureId: string, at: number | undefined): void {
  if (at === undefined) connection.run('DELETE FROM fixed_mark WHERE exposure_key = ?', exposureId);
  else connection.run('INSERT OR REPLACE INTO fixed_mark (exposure_key, at) VALUES (?, ?)', exposureId, at);
}

export function loadFixedMarks(connection: Connection): ReadonlyMap<string, number> {
  const rows = connection.all<{ exposure_key: string; at: number }>(
    'SELECT exposure_key, at FROM fixed_mark',
  );
  return new Map(rows.map((row) => [row.exposure_key, row.at]));
}

import type { Sort } from '../domain/listing.ts';
import type { Sql } from './filter-node.ts';
import { isMeant } from './look-up.ts';
import type { Connection } from './sqlite.ts';

/** Rows looked at for each row wanted, before a filter counts as too choosy to be answered this way. */
const PATIENCE = 20;

const MEANT = (
  test: Sql,
): string => `SELECT e.id, ${test.sql} AS meant FROM exposure e INDEXED BY exposure_by_risk
  WHERE e.risk = ? ORDER BY e.created_at, e.cohort, e.id`;

export const isDefaultOrder = ({ key, descending }: Sort): boolean => key === 'risk' && descending;

/**
 * The beginning of the list as it stands by default, without counting anything: for the first frame, which is to take no
 * longer with a million findings than with a thousand. undefined: the filter lets too few through.
 */
export function firstIds(connection: Connection, predicate: Sql, limit: number): number[] | undefined {
  const test = isMeant(predicate);
  const ids: number[] = [];
  let patience = PATIENCE * limit;
  let risk = riskBelow(connection, Number.MAX_SAFE_INTEGER);
  while (risk !== undefined) {
    const rows = connection.iterate<{ id: number; meant: number }>(MEANT(test), [...test.values, risk]);
    for (const { id, meant } of rows) {
      if (meant === 1) ids.push(id);
      if (ids.length === limit) return ids;
      patience -= 1;
      if (patience === 0) return undefined;
    }
    risk = riskBelow(connection, risk);
  }
  return ids;
}

function riskBelow(connection: Connection, risk: number): number | undefined {
  const sql = 'SELECT max(risk) AS risk FROM exposure WHERE risk < ?';
  return connection.get<{ risk: number | null }>(sql, risk)?.risk ?? undefined;
}

import type { ExposureRow, StoredFinding } from '../domain/listing.ts';
import { toExposureRow } from './exposure-row.ts';
import type { Sql } from './filter-node.ts';
import {
  FINDING_COLUMNS,
  findingTables,
  type FindingReaders,
  type FindingRow,
  toStoredFinding,
} from './stored-finding.ts';
import type { Connection } from './sqlite.ts';

export interface ReadParts extends FindingReaders {
  readonly connection: Connection;
}

interface NotesRow {
  readonly id: number;
  readonly risk: number;
  readonly fixedAt: number | null;
  readonly decided: number;
}

const NOTES = `SELECT e.id, e.risk, m.at AS fixedAt, d.exposure_key IS NOT NULL AS decided
  FROM exposure e LEFT JOIN fixed_mark m ON m.exposure_key = e.key LEFT JOIN decision d ON d.exposure_key = e.key
  WHERE e.id IN (SELECT value FROM json_each(?))`;

/** Rows of the list for these exposures, in this order, each with those of its findings that pass the predicate. */
export function loadExposureRows(parts: ReadParts, ids: readonly number[], predicate: Sql): ExposureRow[] {
  if (ids.length === 0) return [];
  const { connection } = parts;
  const wanted = JSON.stringify(ids);
  const found = connection.once<FindingRow>(
    `SELECT ${FINDING_COLUMNS} FROM ${findingTables(predicate.sql)}
      WHERE f.exposure IN (SELECT value FROM json_each(?)) AND f.gone_at IS NULL AND (${predicate.sql})`,
    [wanted, ...predicate.values],
  );
  const findings = new Map<number, StoredFinding[]>();
  for (const row of found) {
    const list = findings.get(row.exposureRow);
    if (list === undefined) findings.set(row.exposureRow, [toStoredFinding(row, parts)]);
    else list.push(toStoredFinding(row, parts));
  }
  const notes = new Map(connection.all<NotesRow>(NOTES, wanted).map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const note = notes.get(id);
    if (note === undefined) return [];
    const { risk, fixedAt, decided } = note;
    return (
      toExposureRow(findings.get(id) ?? [], {
        risk,
        fixedAt: fixedAt ?? undefined,
        hasDecision: decided === 1,
      }) ?? []
    );
  });
}

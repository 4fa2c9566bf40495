import { parseNumbers } from '../number-list.ts';
import type { Connection, SqlValue } from '../sqlite.ts';

/** Which exposures: a condition on the column that holds their row ids. */
export interface Choice {
  readonly on: (column: string) => string;
  readonly values: readonly SqlValue[];
}

export const between = (after: number, last: number): Choice => ({
  on: (column) => `${column} > ? AND ${column} <= ?`,
  values: [after, last],
});

export const these = (ids: readonly number[]): Choice => ({
  on: (column) => `${column} IN (SELECT value FROM json_each(?))`,
  values: [JSON.stringify(ids)],
});

/** In the order of their rows. */
export interface ExposureColumns {
  readonly ids: Float64Array;
  readonly cohorts: Float64Array;
  /** Bytes of each resource in `text`. */
  readonly lengths: Float64Array;
  readonly text: Uint8Array;
}

export function readExposures(connection: Connection, choice: Choice): ExposureColumns {
  const row = connection.get<{
    readonly ids: string | null;
    readonly cohorts: string | null;
    readonly lengths: string | null;
    readonly text: Uint8Array | null;
  }>(
    `SELECT group_concat(id) AS ids, group_concat(cohort) AS cohorts, group_concat(length(bytes)) AS lengths,
        CAST(group_concat(bytes, '') AS BLOB) AS text
      FROM (SELECT id, cohort, CAST(resource AS BLOB) AS bytes FROM exposure WHERE ${choice.on('id')} ORDER BY id)`,
    ...choice.values,
  );
  return {
    ids: parseNumbers(row?.ids),
    cohorts: parseNumbers(row?.cohorts),
    lengths: parseNumbers(row?.lengths),
    text: row?.text ?? new Uint8Array(0),
  };
}

/** Findings that AWS still lists, in the order of their exposures' rows. */
export interface FindingColumns {
  readonly exposures: Float64Array;
  readonly facts: Float64Array;
  readonly createdAt: Float64Array;
}

const ORDER = 'ORDER BY exposure, id';

export function readFindings(connection: Connection, choice: Choice): FindingColumns {
  const row = connection.get<Record<keyof FindingColumns, string | null>>(
    `SELECT group_concat(exposure) AS exposures, group_concat(facts) AS facts, group_concat(created_at) AS createdAt
      FROM (SELECT exposure, facts, created_at FROM finding WHERE ${choice.on('exposure')} AND gone_at IS NULL ${ORDER})`,
    ...choice.values,
  );
  return {
    exposures: parseNumbers(row?.exposures),
    facts: parseNumbers(row?.facts),
    createdAt: parseNumbers(row?.createdAt),
  };
}

/** What of a finding its exposure's cohort says where it is the only one. */
export interface Member {
  readonly analyzer: number;
  readonly account: number;
  readonly status: number;
}

/** Of each finding of these exposures, in the order of `readFindings`. */
export const readMembers = (connection: Connection, ids: readonly number[]): readonly Member[] =>
  connection.all<Member>(
    `SELECT analyzer, account, status FROM finding WHERE ${these(ids).on('exposure')} AND gone_at IS NULL ${ORDER}`,
    ...these(ids).values,
  );

import type { Cohort } from './cohort-table.ts';
import { type Candidates, decide, type FilterNode, nodesOf, type RowTest, type Sql } from './filter-node.ts';
import type { Connection } from './sqlite.ts';
import { DETAIL_JOIN, joinsOf } from './stored-finding.ts';

/** Cohorts that the facets leave open, to be looked at row by row. */
export interface OpenCohorts {
  readonly cohorts: readonly Cohort[];
  readonly candidates: Candidates | undefined;
}

const LIST = '(SELECT value FROM json_each(?))';

const idsOf = (cohorts: readonly Cohort[]): string => JSON.stringify(cohorts.map((cohort) => cohort.id));

interface Source {
  readonly from: Sql;
  readonly where: Sql;
}

/** The exposures to look at. Candidates are collected, each once and in the order of the disk, before the join. */
function sourceOf({ cohorts, candidates }: OpenCohorts): Source {
  const wanted = candidates && `(SELECT id FROM (${candidates.sql}) UNION SELECT NULL WHERE 0) wanted`;
  return {
    from:
      candidates === undefined
        ? { sql: 'exposure e', values: [] }
        : { sql: `${wanted} CROSS JOIN exposure e ON e.id = wanted.id`, values: candidates.values },
    where: { sql: `e.cohort IN ${LIST}`, values: [idsOf(cohorts)] },
  };
}

/** What the filter's SQL asks beside the finding. */
export const besides = (sql: string): string => `${joinsOf(sql)} ${/\bd\./.test(sql) ? DETAIL_JOIN : ''}`;

const FINDING = 'CROSS JOIN finding f ON f.exposure = e.id AND f.gone_at IS NULL';

/** Ids of the exposures of which a finding is meant, as a query with one column, `id`. */
export function meantIds(open: OpenCohorts, predicate: Sql): Sql {
  const { from, where } = sourceOf(open);
  return {
    sql: `SELECT e.id AS id FROM ${from.sql} WHERE ${where.sql} AND ${isMeant(predicate).sql}`,
    values: [...from.values, ...where.values, ...predicate.values],
  };
}

/** Whether a finding of the exposure `e` is meant. */
export const isMeant = ({ sql, values }: Sql): Sql => ({
  sql: `EXISTS (SELECT 1 FROM finding f ${besides(sql)} WHERE f.exposure = e.id AND f.gone_at IS NULL AND (${sql}))`,
  values,
});

export interface Found {
  readonly exposure: number;
  readonly cohort: number;
  readonly findings: number;
  readonly public: number;
}

/** Each exposure of which something is meant, with how much. */
export function lookUpRows(connection: Connection, open: OpenCohorts, predicate: Sql): Found[] {
  const { from, where } = sourceOf(open);
  const { sql, values } = predicate;
  return connection.once<Found>(
    `SELECT e.id AS exposure, e.cohort, count(*) AS findings, sum(x.public) AS public
      FROM ${from.sql} ${FINDING} ${besides(`x. ${sql}`)} WHERE ${where.sql} AND (${sql}) GROUP BY e.id`,
    [...from.values, ...where.values, ...values],
  );
}

export interface LoneCount {
  readonly cohort: Cohort;
  readonly exposures: number;
}

/** So many bits, beside a cohort's id, fit a number that both SQLite and JavaScript hold exactly. */
const MOST_TESTS = 20;

export const canCountLone = (node: FilterNode): boolean => nodesOf(node, 'row').length <= MOST_TESTS;

/**
 * How many exposures of each cohort are meant, where each has a single finding. SQL only runs the row tests; what their
 * results mean for a cohort, whose facets are known, is decided here, once for all rows that came out alike.
 */
export function countLone(connection: Connection, open: OpenCohorts, node: FilterNode): LoneCount[] {
  const tests = nodesOf(node, 'row');
  const passed = countPassed(connection, open, tests);
  const counts: LoneCount[] = [];
  for (const cohort of open.cohorts) {
    const [member] = cohort.members;
    if (member === undefined) continue;
    const means = (mask: number): boolean =>
      decide(node, member, (test) => (mask & (2 ** tests.indexOf(test))) !== 0) === true;
    const masks = passed.get(cohort.id) ?? new Map<number, number>();
    // Rows that passed no test were not read. With candidates none of them is meant.
    let rest = cohort.exposures;
    let exposures = 0;
    for (const [mask, count] of masks) {
      rest -= count;
      if (means(mask)) exposures += count;
    }
    if (open.candidates === undefined && means(0)) exposures += rest;
    if (exposures > 0) counts.push({ cohort, exposures });
  }
  return counts;
}

/** By cohort: how many rows passed which of the tests (as bits), without those that passed none. */
function countPassed(
  connection: Connection,
  open: OpenCohorts,
  tests: readonly RowTest[],
): ReadonlyMap<number, Map<number, number>> {
  const joined = tests.map((test) => test.lone?.sql ?? test.sql).join(' ');
  const finding = /\b[fxd]\./.test(joined) ? `${FINDING} ${besides(joined)}` : '';
  const mask = tests.map((test, bit) => `(${test.lone?.sql ?? test.sql}) * ${2 ** bit}`).join(' + ');
  const { from, where } = sourceOf(open);
  // One long text comes over in a fraction of the time that rows, or sorting them into groups, would take.
  const [row] = connection.once<{ passed: string | null }>(
    `SELECT group_concat(cohort * ${2 ** tests.length} + mask) AS passed FROM
      (SELECT e.cohort AS cohort, ${mask} AS mask FROM ${from.sql} ${finding} WHERE ${where.sql}) WHERE mask <> 0`,
    [...tests.flatMap((test) => test.lone?.values ?? test.values), ...from.values, ...where.values],
  );
  const counts = new Map<number, Map<number, number>>();
  for (const [key, count] of countNumbers(row?.passed ?? '')) {
    const cohort = Math.floor(key / 2 ** tests.length);
    const masks = counts.get(cohort) ?? new Map<number, number>();
    counts.set(cohort, masks.set(key % 2 ** tests.length, count));
  }
  return counts;
}

const COMMA = 44;
const ZERO = 48;

/** How often each number stands in `3,17,3`; read digit by digit, because the text may be megabytes long. */
function countNumbers(text: string): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  if (text === '') return counts;
  let number = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : COMMA;
    if (code !== COMMA) number = number * 10 + (code - ZERO);
    else {
      counts.set(number, (counts.get(number) ?? 0) + 1);
      number = 0;
    }
  }
  return counts;
}

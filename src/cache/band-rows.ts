import type { Sort } from '../domain/listing.ts';
import type { Band } from './bands.ts';
import type { Cohort } from './cohort-table.ts';
import type { Sql } from './filter-node.ts';
import type { Selection, Share } from './selection.ts';
import type { Connection } from './sqlite.ts';

interface Order {
  readonly columns: readonly string[];
  readonly descending: boolean;
  /** Whether `exposure_by_risk` has the rows of a risk in this order. */
  readonly isIndexed: boolean;
}

/**
 * How the rows of a band stand: older first, unless the sort asks something of each row. Only that order has an index:
 * each one more would slow down every sync, for sorts that are rarely asked for.
 */
function orderOf(sort: Sort): Order {
  const { descending } = sort;
  switch (sort.key) {
    // The older, the greater the age.
    case 'age':
      return { columns: ['e.created_at', 'e.cohort', 'e.id'], descending: !descending, isIndexed: false };
    case 'updated':
      return { columns: ['e.updated_at', 'e.cohort', 'e.id'], descending, isIndexed: false };
    case 'resource':
      return { columns: ['e.resource COLLATE NOCASE', 'e.cohort', 'e.id'], descending, isIndexed: false };
    case 'risk':
    case 'type':
    case 'account':
    case 'region':
      return { columns: ['e.created_at', 'e.cohort', 'e.id'], descending: false, isIndexed: true };
  }
}

/**
 * Microseconds a row, measured: reading along an index, testing a row on the way, looking through all rows for those of some
 * cohorts, collecting rows and sorting them.
 */
const WALK_COST = 0.15;
const LOOK_COST = 0.1;
const TEST_COST = 2;
const COLLECT_COST = 0.8;

/** How many rows there are: of a risk, or (undefined) in all. */
type Stretch = (risk: number | undefined) => number;

/** Reads rows of bands. */
export class BandRows {
  readonly #connection: Connection;
  readonly #selection: Selection;
  readonly #order: Order;
  readonly #stretch: Stretch;

  constructor(connection: Connection, selection: Selection, sort: Sort, stretch: Stretch) {
    this.#connection = connection;
    this.#selection = selection;
    this.#order = orderOf(sort);
    this.#stretch = stretch;
  }

  /** Row ids, in order. Far down, the band is read from its other end. */
  ids(band: Band, offset: number, limit: number): number[] {
    const wanted = Math.min(limit, band.exposures - offset);
    if (wanted <= 0) return [];
    const rest = band.exposures - offset - wanted;
    const backwards = rest < offset;
    const skip = backwards ? rest : offset;
    const { sql, values } = this.#from(band, skip + wanted);
    const rows = this.#connection.once<{ id: number }>(
      `SELECT e.id ${sql} ORDER BY ${this.#orderBy(backwards)} LIMIT ${wanted} OFFSET ${skip}`,
      values,
    );
    const ids = rows.map((row) => row.id);
    return backwards ? ids.reverse() : ids;
  }

  /** How many rows of the band stand before the exposure. */
  before(band: Band, exposure: number): number {
    const { columns, descending } = this.#order;
    const { sql, values } = this.#from(band, band.exposures);
    const own = `SELECT ${columns.join(', ')} FROM exposure e WHERE e.id = ?`;
    const comparison = `(${columns.join(', ')}) ${descending ? '>' : '<'} (${own})`;
    const rows = this.#connection.once<{ n: number }>(`SELECT count(*) AS n ${sql} AND ${comparison}`, [
      ...values,
      exposure,
    ]);
    return rows[0]?.n ?? 0;
  }

  /** The rows of a band in order, for a join that walks all of it. */
  ordered(band: Band): Sql & { readonly orderBy: string } {
    return { ...this.#from(band, band.exposures), orderBy: this.#orderBy(false) };
  }

  #orderBy(backwards: boolean): string {
    const { columns, descending } = this.#order;
    const direction = descending === backwards ? 'ASC' : 'DESC';
    return columns.map((column) => `${column} ${direction}`).join(', ');
  }

  /** Row ids of all rows of the bands. */
  allIds(bands: readonly Band[]): Sql {
    return this.#collected(sortShares(bands.flatMap((band) => band.shares)));
  }

  /** Along the index, when the rows wanted come soon enough on the way; else they are collected, then sorted. */
  #from(band: Band, needed: number): Sql {
    const members = sortShares(band.shares);
    const stretch = this.#stretch(band.risk);
    const isWalk = this.#order.isIndexed && band.risk !== undefined;
    const met = isWalk ? Math.min(stretch, (needed * stretch) / Math.max(1, band.exposures)) : stretch;
    const tested = members.tested.reduce((sum, cohort) => sum + cohort.exposures, 0);
    const walk = met * (WALK_COST + (TEST_COST * tested) / Math.max(1, stretch));
    // Candidates are about as many as what is meant in all bands together.
    const looked = tested > 0 && this.#selection.hasCandidates ? this.#selection.counts().exposures : tested;
    const collect = this.#stretch(undefined) * LOOK_COST + band.exposures * COLLECT_COST;
    if (walk > collect + looked * TEST_COST) {
      const { sql, values } = this.#collected(members);
      return { sql: `FROM exposure e WHERE e.id IN (${sql})`, values };
    }
    const { sql, values } = this.#met(members);
    if (!isWalk) return { sql: `FROM exposure e WHERE ${sql}`, values };
    return {
      sql: `FROM exposure e INDEXED BY exposure_by_risk WHERE e.risk = ? AND ${sql}`,
      values: [band.risk, ...values],
    };
  }

  /** A leading + keeps SQLite from collecting by an index what is to be met on the walk. */
  #met({ all, ids, tested }: Members): Sql {
    const { test } = this.#selection;
    return anyOf([
      ...(all.length === 0 ? [] : [{ sql: `e.cohort IN ${LIST}`, values: [toList(all)] }]),
      ...(ids.length === 0 ? [] : [{ sql: `+e.id IN ${LIST}`, values: [JSON.stringify(ids)] }]),
      ...(tested.length === 0
        ? []
        : [{ sql: `e.cohort IN ${LIST} AND ${test.sql}`, values: [toList(tested), ...test.values] }]),
    ]);
  }

  #collected({ all, ids, tested }: Members): Sql {
    const queries: Sql[] = [
      { sql: `SELECT id FROM exposure WHERE cohort IN ${LIST}`, values: [toList(all)] },
      { sql: 'SELECT value FROM json_each(?)', values: [JSON.stringify(ids)] },
      ...(tested.length === 0 ? [] : [this.#selection.testedIds(tested)]),
    ];
    return {
      sql: queries.map(({ sql }) => sql).join(' UNION ALL '),
      values: queries.flatMap(({ values }) => values),
    };
  }
}

const LIST = '(SELECT value FROM json_each(?))';

const toList = (cohorts: readonly Cohort[]): string => JSON.stringify(cohorts.map((cohort) => cohort.id));

const anyOf = (tests: readonly Sql[]): Sql => ({
  sql: `(${tests.map(({ sql }) => `(${sql})`).join(' OR ') || '0'})`,
  values: tests.flatMap(({ values }) => values),
});

/** The shares of a band by how their rows are told. */
interface Members {
  readonly all: readonly Cohort[];
  readonly ids: readonly number[];
  readonly tested: readonly Cohort[];
}

function sortShares(shares: readonly Share[]): Members {
  const members = { all: [] as Cohort[], ids: [] as number[], tested: [] as Cohort[] };
  for (const { cohort, which } of shares) {
    if (which === 'all' || which === 'tested') members[which].push(cohort);
    else for (const id of which) members.ids.push(id);
  }
  return members;
}

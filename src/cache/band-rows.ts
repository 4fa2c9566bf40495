import type { Sort } from '../domain/listing.ts';
import type { Band } from './bands.ts';
import type { Sql } from './filter-node.ts';
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

/** Microseconds a row, measured: reading along an index, and collecting by cohort or row id and sorting. */
const WALK_COST = 0.15;
const COLLECT_COST = 0.8;

/** Reads rows of bands. `stretch` says how many rows the index holds of a risk (undefined: in all). */
export class BandRows {
  readonly #connection: Connection;
  readonly #order: Order;
  readonly #stretch: (risk: number | undefined) => number;

  constructor(connection: Connection, sort: Sort, stretch: (risk: number | undefined) => number) {
    this.#connection = connection;
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

  #from(band: Band, needed: number): Sql {
    const stretch = this.#stretch(band.risk);
    const isWalk = this.#order.isIndexed && band.risk !== undefined;
    const met = isWalk ? Math.min(stretch, (needed * stretch) / Math.max(1, band.exposures)) : stretch;
    if (met * WALK_COST > band.exposures * COLLECT_COST) {
      const { sql, values } = this.#members(band, '');
      return { sql: `FROM exposure e WHERE ${sql}`, values };
    }
    const { sql, values } = this.#members(band, '+');
    if (!isWalk) return { sql: `FROM exposure e WHERE ${sql}`, values };
    return {
      sql: `FROM exposure e INDEXED BY exposure_by_risk WHERE e.risk = ? AND ${sql}`,
      values: [band.risk, ...values],
    };
  }

  /** A leading + keeps SQLite from collecting by an index what is to be met on the walk. */
  #members(band: Band, plus: '+' | ''): Sql {
    const cohorts: number[] = [];
    const rows: number[] = [];
    for (const share of band.shares) {
      if (share.rows === undefined) cohorts.push(share.cohort.id);
      else for (const id of share.rows) rows.push(id);
    }
    const tests = [
      ...(cohorts.length === 0 ? [] : [`${plus}e.cohort IN (SELECT value FROM json_each(?))`]),
      ...(rows.length === 0 ? [] : [`${plus}e.id IN (SELECT value FROM json_each(?))`]),
    ];
    const values = [cohorts, rows].filter((ids) => ids.length > 0).map((ids) => JSON.stringify(ids));
    return { sql: `(${tests.join(' OR ') || '0'})`, values };
  }
}

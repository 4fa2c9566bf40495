import type { ListQuery, StoredFinding } from '../domain/listing.ts';
import type { Band } from './bands.ts';
import type { ReadParts } from './exposure-rows-read.ts';
import type { Sql } from './filter-node.ts';
import type { ListPreparer, PreparedList } from './prepared-list.ts';
import { DETAIL_JOIN, FINDING_COLUMNS, joinsOf, type FindingRow, toStoredFinding } from './stored-finding.ts';

export interface StreamOptions {
  /** Only findings of these exposures. */
  readonly exposureIds?: readonly string[];
  /** `store`: as they lie on the disk, which is several times as fast as in the list's order. */
  readonly order?: 'list' | 'store';
}

/** Joined in this order, whatever SQLite would guess: the exposures come sorted. */
const fromExposure = (predicate: string): string =>
  `CROSS JOIN finding f ON f.exposure = e.id ${joinsOf(predicate)} ${DETAIL_JOIN}`;

/** The findings that the list shows, one at a time: memory does not grow with their number. */
export class FindingStream {
  readonly #parts: ReadParts;
  readonly #lists: ListPreparer;

  constructor(parts: ReadParts, lists: ListPreparer) {
    this.#parts = parts;
    this.#lists = lists;
  }

  *findingsOf(query: ListQuery, options: StreamOptions = {}): Generator<StoredFinding, void, undefined> {
    const { exposureIds, order = 'list' } = options;
    if (exposureIds !== undefined) yield* this.#ofExposures(query, exposureIds);
    else if (order === 'store') yield* this.#walk(this.#lists.select(query).predicate);
    else {
      const list = this.#lists.prepare(query);
      for (const band of list.bands) yield* this.#ofBand(list, band);
    }
  }

  *#ofExposures(query: ListQuery, exposureIds: readonly string[]): Generator<StoredFinding, void, undefined> {
    const { sql, values } = this.#lists.select(query).predicate;
    yield* this.#read(
      `SELECT ${FINDING_COLUMNS} FROM (SELECT id FROM exposure WHERE key IN (SELECT value FROM json_each(?))) chosen
        CROSS JOIN exposure e ON e.id = chosen.id ${fromExposure(sql)} WHERE f.gone_at IS NULL AND (${sql})`,
      [JSON.stringify(exposureIds), ...values],
    );
  }

  *#ofBand({ selection, rows }: PreparedList, band: Band): Generator<StoredFinding, void, undefined> {
    const { predicate } = selection;
    const chosen = rows.ordered(band);
    yield* this.#read(
      `SELECT ${FINDING_COLUMNS} FROM (SELECT e.id ${chosen.sql} ORDER BY ${chosen.orderBy}) chosen
        CROSS JOIN exposure e ON e.id = chosen.id ${fromExposure(predicate.sql)} WHERE f.gone_at IS NULL AND (${predicate.sql})`,
      [...chosen.values, ...predicate.values],
    );
  }

  /** NOT INDEXED: left alone, SQLite would walk along an index that leads all over the disk. */
  *#walk({ sql, values }: Sql): Generator<StoredFinding, void, undefined> {
    yield* this.#read(
      `SELECT ${FINDING_COLUMNS} FROM finding f NOT INDEXED CROSS JOIN exposure e ON e.id = f.exposure
        ${joinsOf(sql)} ${DETAIL_JOIN} WHERE f.gone_at IS NULL AND (${sql})`,
      values,
    );
  }

  *#read(sql: string, values: Sql['values']): Generator<StoredFinding, void, undefined> {
    for (const row of this.#parts.connection.iterate<FindingRow>(sql, values))
      yield toStoredFinding(row, this.#parts);
  }
}

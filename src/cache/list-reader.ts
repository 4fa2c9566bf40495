import type { ExposureRow, ListCounts, ListQuery } from '../domain/listing.ts';
import { loadExposureRows } from './exposure-rows-read.ts';
import type { FilterParts } from './filter-sql.ts';
import type { ListPreparer } from './prepared-list.ts';
import { type PreparedList } from './prepared-list.ts';

/** What the list asks: counts, windows, places and ids. */
export class ListReader {
  readonly #parts: FilterParts;
  readonly #lists: ListPreparer;

  constructor(parts: FilterParts, lists: ListPreparer) {
    this.#parts = parts;
    this.#lists = lists;
  }

  counts(query: ListQuery): ListCounts {
    return this.#lists.select(query).counts();
  }

  window(query: ListQuery, offset: number, limit: number): readonly ExposureRow[] {
    const list = this.#lists.prepare(query);
    return loadExposureRows(this.#parts, idsOf(list, offset, limit), list.selection.predicate);
  }

  /** Place of an exposure in the list; undefined: it is not in it. */
  indexOf(query: ListQuery, exposureId: string): number | undefined {
    const sql = 'SELECT id, cohort FROM exposure WHERE key = ?';
    const own = this.#parts.connection.get<{ id: number; cohort: number }>(sql, exposureId);
    if (own === undefined) return undefined;
    const { bands, rows } = this.#lists.prepare(query);
    let before = 0;
    for (const band of bands) {
      const share = band.shares.find(({ cohort }) => cohort.id === own.cohort);
      if (share !== undefined) {
        const isIn = share.rows === undefined || share.rows.includes(own.id);
        return isIn ? before + rows.before(band, own.id) : undefined;
      }
      before += band.exposures;
    }
    return undefined;
  }

  /** All of them, in no order. */
  exposureIds(query: ListQuery): readonly string[] {
    const shares = this.#lists.select(query).shares();
    const cohorts = shares.filter(({ rows }) => rows === undefined).map(({ cohort }) => cohort.id);
    const rows = shares.flatMap((share) => share.rows ?? []);
    return [...this.#keys('cohort', cohorts), ...this.#keys('id', rows)];
  }

  /** One long text is quicker to bring over from SQLite than a row for each key. All keys are equally long. */
  #keys(column: 'cohort' | 'id', ids: readonly number[]): string[] {
    if (ids.length === 0) return [];
    const sql = `SELECT group_concat(key, '') AS keys FROM exposure WHERE ${column} IN (SELECT value FROM json_each(?))`;
    const [row] = this.#parts.connection.once<{ keys: string | null }>(sql, [JSON.stringify(ids)]);
    return row?.keys?.match(/.{16}/g) ?? [];
  }
}

/** Row ids of a window: whole bands are skipped by their sizes. */
function idsOf({ bands, rows }: PreparedList, offset: number, limit: number): number[] {
  const ids: number[] = [];
  let skip = offset;
  for (const band of bands) {
    if (ids.length >= limit) break;
    if (skip >= band.exposures) skip -= band.exposures;
    else {
      ids.push(...rows.ids(band, skip, limit - ids.length));
      skip = 0;
    }
  }
  return ids;
}

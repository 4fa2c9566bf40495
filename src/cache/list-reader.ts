import type { ExposureId, PackedExposureIds } from '../domain/exposure.ts';
import { type ListAround, type ListPlace, rangeAt } from '../domain/list-place.ts';
import type { ExposureRow, ListCounts, ListQuery } from '../domain/listing.ts';
import { loadExposureRows, type ReadParts } from './exposure-rows-read.ts';
import type { Sql } from './filter-node.ts';
import { firstIds, isDefaultOrder } from './first-rows.ts';
import type { FoundInMemory, MemoryLists } from './memory/memory-lists.ts';
import type { ListPreparer, PreparedList } from './prepared-list.ts';
import type { Selection, Share } from './selection.ts';

const EVERY: Sql = { sql: '1', values: [] };

/** What the list asks: counts, windows, places and ids. */
export class ListReader {
  readonly #parts: ReadParts;
  readonly #lists: ListPreparer;
  readonly #memory: MemoryLists;

  constructor(parts: ReadParts, lists: ListPreparer, memory: MemoryLists) {
    this.#parts = parts;
    this.#lists = lists;
    this.#memory = memory;
  }

  counts(query: ListQuery): ListCounts {
    return this.#find(query)?.scan.counts ?? this.#lists.select(query).counts();
  }

  window(query: ListQuery, offset: number, limit: number): readonly ExposureRow[] {
    const found = this.#find(query);
    if (found?.list !== undefined) {
      const ids = found.list.ids(offset, limit);
      return loadExposureRows(this.#parts, ids, found.list.isLone(ids) ? EVERY : found.predicate);
    }
    const first = offset === 0 ? this.#firstRows(query, limit) : undefined;
    if (first !== undefined) return first;
    const list = this.#lists.prepare(query);
    return loadExposureRows(this.#parts, idsOf(list, offset, limit), list.selection.predicate);
  }

  around(query: ListQuery, place: ListPlace): ListAround {
    const counts = this.counts(query);
    const found = place.follow === undefined ? undefined : this.indexOf(query, place.follow);
    const heir = found === undefined ? this.#firstIndex(query, place.heirs) : undefined;
    const { offset, limit } = rangeAt(place, found ?? heir, counts.exposures);
    return { counts, found, heir, offset, rows: this.window(query, offset, limit) };
  }

  #firstIndex(query: ListQuery, ids: readonly ExposureId[]): number | undefined {
    for (const id of ids) {
      const index = this.indexOf(query, id);
      if (index !== undefined) return index;
    }
    return undefined;
  }

  #find(query: ListQuery): FoundInMemory | undefined {
    return this.#memory.find(query, this.#lists.keyOf(query));
  }

  /** A filter that is new begins with what can be had at once. */
  #firstRows(query: ListQuery, limit: number): readonly ExposureRow[] | undefined {
    if (limit === 0 || !isDefaultOrder(query.sort) || this.#lists.isSelected(query)) return undefined;
    const predicate = this.#lists.predicateOf(query);
    const ids = firstIds(this.#parts.connection, predicate, limit);
    return ids && loadExposureRows(this.#parts, ids, predicate);
  }

  /** Place of an exposure in the list; undefined: it is not in it. */
  indexOf(query: ListQuery, exposureId: string): number | undefined {
    const sql = 'SELECT id, cohort FROM exposure WHERE key = ?';
    const own = this.#parts.connection.get<{ id: number; cohort: number }>(sql, exposureId);
    if (own === undefined) return undefined;
    const found = this.#find(query);
    if (found?.list !== undefined) return found.list.indexOf(own.id);
    const { bands, rows, selection } = this.#lists.prepare(query);
    let before = 0;
    for (const band of bands) {
      const share = band.shares.find(({ cohort }) => cohort.id === own.cohort);
      if (share !== undefined)
        return this.#isIn(own.id, share, selection) ? before + rows.before(band, own.id) : undefined;
      before += band.exposures;
    }
    return undefined;
  }

  #isIn(id: number, { which }: Share, { test }: Selection): boolean {
    if (which === 'all') return true;
    if (which !== 'tested') return which.includes(id);
    return (
      this.#parts.connection.once(`SELECT 1 FROM exposure e WHERE e.id = ? AND ${test.sql}`, [
        id,
        ...test.values,
      ]).length > 0
    );
  }

  /** All of them, in no order. */
  exposureIds(query: ListQuery): PackedExposureIds {
    const { sql, values } = this.#allIds(query);
    // No id comes twice, so there is no need for the set that IN would make of them.
    const [row] = this.#parts.connection.once<{ keys: string | null }>(
      `SELECT group_concat(key, '') AS keys FROM (${sql}) listed CROSS JOIN exposure e ON e.id = listed.id`,
      values,
    );
    return row?.keys ?? '';
  }

  #allIds(query: ListQuery): Sql {
    const ids = this.#find(query)?.list?.allIds();
    if (ids !== undefined)
      return { sql: 'SELECT value AS id FROM json_each(?)', values: [JSON.stringify(ids)] };
    const { bands, rows } = this.#lists.prepare(query);
    return rows.allIds(bands);
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

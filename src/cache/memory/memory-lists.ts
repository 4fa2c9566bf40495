import { DEFAULT_SORT, type ListQuery, type Sort } from '../../domain/listing.ts';
import { toBands } from '../bands.ts';
import type { CohortTable } from '../cohort-table.ts';
import { type FilterNode, type Sql, toSql } from '../filter-node.ts';
import { compileFilter, type FilterParts } from '../filter-sql.ts';
import { isOrderedInMemory, ListOrder } from './list-order.ts';
import { MemoryList } from './memory-list.ts';
import { type Scan, scan } from './memory-scan.ts';
import type { Share } from '../selection.ts';
import type { Tally } from './tally.ts';
import type { TallyContent } from './tally-columns.ts';

/** Exposures that a question may wait for until memory is up to date: a few milliseconds. */
const PATIENCE = 2_000;

/**
 * Exposures at the top of the list that are put in order ahead, and the whole of their bands. More would take memory, four
 * bytes each; fewer, and V8 would not yet have compiled what puts the other bands in order when a filter leads there.
 */
const PREPARED = 20_000;

interface Asked {
  readonly key: string;
  readonly predicate: Sql;
  readonly scan: Scan | undefined;
}

export interface FoundInMemory {
  readonly scan: Scan;
  /** The filter over a finding's row. */
  readonly predicate: Sql;
  /** undefined: the sort asks for what is not in memory. */
  readonly list: MemoryList | undefined;
}

const keyOfSort = ({ key, descending }: Sort): string => `${key} ${descending}`;

/** Answers from memory, where the findings are in it; the last filter is kept, for it is asked about several times. */
export class MemoryLists {
  readonly #parts: FilterParts;
  readonly #cohorts: CohortTable;
  readonly #tally: Tally;
  #asked: Asked | undefined;
  #list: { readonly key: string; readonly list: MemoryList } | undefined;
  /** Of a scan that nobody looks at any more: a new megabyte a keystroke would be garbage after the next one. */
  #spare: Uint8Array | undefined;
  #order: { readonly content: TallyContent; readonly key: string; readonly order: ListOrder } | undefined;

  constructor(parts: FilterParts, cohorts: CohortTable, tally: Tally) {
    this.#parts = parts;
    this.#cohorts = cohorts;
    this.#tally = tally;
  }

  /** `key` says what is asked of which state of the store. undefined: the disk must be asked. */
  find(query: ListQuery, key: string): FoundInMemory | undefined {
    const content = this.#tally.contentIfKept(PATIENCE);
    if (content === undefined) return undefined;
    const { scan: found, predicate } = this.#ask(query, key, content);
    return found && { scan: found, predicate, list: this.#listOf(query, key, { content, found }) };
  }

  /**
   * Puts one more band of the top of the usual list in order before somebody asks for it; `false`: there is no more to do, or
   * another order is looked at.
   */
  prepare(): boolean {
    const content = this.#tally.contentIfKept(PATIENCE);
    const isOtherAsked = this.#order !== undefined && this.#order.key !== keyOfSort(DEFAULT_SORT);
    if (content === undefined || isOtherAsked) return false;
    const order = this.#orderOf(DEFAULT_SORT, content);
    const all = [...this.#cohorts.byId().values()];
    const shares = all.map((cohort): Share => ({ cohort, exposures: cohort.exposures, which: 'all' }));
    let before = 0;
    for (const band of toBands(shares, DEFAULT_SORT, this.#parts)) {
      if (before >= PREPARED) return false;
      if (order.prepare(band.key)) return true;
      before += band.exposures;
    }
    return false;
  }

  #ask({ filter, context }: ListQuery, key: string, content: TallyContent): Asked {
    if (this.#asked?.key !== key) {
      const node: FilterNode = compileFilter(filter, context, this.#parts);
      // Whatever happens now, what was asked before is no longer what these bits say.
      this.#asked = undefined;
      this.#list = undefined;
      const found = scan(node, content, this.#spare);
      if (found?.bits === undefined) this.#giveBackSpare();
      else this.#spare = found.bits;
      this.#asked = { key, predicate: toSql(node), scan: found };
    }
    return this.#asked;
  }

  /** To the system, at once: the collector would come for this megabyte much later. */
  #giveBackSpare(): void {
    (this.#spare?.buffer as ArrayBuffer | undefined)?.transfer(0);
    this.#spare = undefined;
  }

  #listOf(
    { sort }: ListQuery,
    filterKey: string,
    { content, found }: { readonly content: TallyContent; readonly found: Scan },
  ): MemoryList | undefined {
    if (!isOrderedInMemory(sort)) return undefined;
    const key = `${filterKey}\n${keyOfSort(sort)}`;
    if (this.#list?.key !== key) {
      const order = this.#orderOf(sort, content);
      const bands = toBands(this.#shares(found), sort, this.#parts);
      this.#list = { key, list: new MemoryList({ content, found, bands, order }) };
    }
    return this.#list.list;
  }

  #orderOf(sort: Sort, content: TallyContent): ListOrder {
    const key = keyOfSort(sort);
    if (this.#order?.content !== content || this.#order.key !== key) {
      this.#order = undefined;
      const order = new ListOrder(sort, { ...this.#parts, content, cohorts: this.#cohorts.byId() });
      this.#order = { content, key, order };
    }
    return this.#order.order;
  }

  #shares({ ofCohort }: Scan): readonly Share[] {
    const cohorts = this.#cohorts.byId();
    return [...ofCohort].flatMap(([id, exposures]): Share | readonly [] => {
      const cohort = cohorts.get(id);
      return cohort === undefined ? [] : { cohort, exposures, which: 'all' };
    });
  }
}

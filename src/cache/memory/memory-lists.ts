import type { ListQuery } from '../../domain/listing.ts';
import { toBands } from '../bands.ts';
import type { CohortTable } from '../cohort-table.ts';
import { type FilterNode, type Sql, toSql } from '../filter-node.ts';
import { compileFilter, type FilterParts } from '../filter-sql.ts';
import { isOrderedInMemory, MemoryList } from './memory-list.ts';
import { type Scan, scan } from './memory-scan.ts';
import { NumberRoom } from './number-room.ts';
import type { Share } from '../selection.ts';
import type { Tally } from './tally.ts';
import type { TallyContent } from './tally-columns.ts';

/** Exposures that a question may wait for until memory is up to date: a few milliseconds. */
const PATIENCE = 2_000;

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

/** Answers from memory, where the findings are in it; the last filter is kept, for it is asked about several times. */
export class MemoryLists {
  readonly #parts: FilterParts;
  readonly #cohorts: CohortTable;
  readonly #tally: Tally;
  #asked: Asked | undefined;
  #list: { readonly key: string; readonly list: MemoryList } | undefined;
  /** Of that list. */
  readonly #room = new NumberRoom();

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

  #ask({ filter, context }: ListQuery, key: string, content: TallyContent): Asked {
    if (this.#asked?.key !== key) {
      const node: FilterNode = compileFilter(filter, context, this.#parts);
      const spare = this.#asked?.scan?.hits;
      // Whatever happens now, what was asked before is no longer what these hits say.
      this.#asked = undefined;
      this.#list = undefined;
      this.#asked = { key, predicate: toSql(node), scan: scan(node, content, spare) };
    }
    return this.#asked;
  }

  #listOf(
    { sort }: ListQuery,
    filterKey: string,
    { content, found }: { readonly content: TallyContent; readonly found: Scan },
  ): MemoryList | undefined {
    if (!isOrderedInMemory(sort)) return undefined;
    const key = `${filterKey}\n${sort.key} ${sort.descending}`;
    if (this.#list?.key !== key) {
      this.#room.clear();
      const bands = toBands(this.#shares(found), sort, this.#parts);
      this.#list = { key, list: new MemoryList({ content, found, bands, sort, room: this.#room }) };
    }
    return this.#list.list;
  }

  #shares({ ofCohort }: Scan): readonly Share[] {
    const cohorts = this.#cohorts.byId();
    return [...ofCohort].flatMap(([id, exposures]): Share | readonly [] => {
      const cohort = cohorts.get(id);
      return cohort === undefined ? [] : { cohort, exposures, which: 'all' };
    });
  }
}

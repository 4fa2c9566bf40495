import type { ListCounts, Sort } from '../../domain/listing.ts';
import type { Band } from '../bands.ts';
import type { Scan } from './memory-scan.ts';
import { selectSmallest } from './select-smallest.ts';
import { indexOfRow, type TallyContent } from './tally-columns.ts';

/** Within a band the older come first, but where the list stands by age the other way round. */
export const isOrderedInMemory = ({ key }: Sort): boolean => key !== 'updated' && key !== 'resource';

/** The list from memory: no more of it is worked out than is asked for. */
export class MemoryList {
  readonly counts: ListCounts;
  readonly #content: TallyContent;
  readonly #hits: Uint8Array;
  readonly #bands: readonly Band[];
  /** Times are turned round where the youngest come first. */
  readonly #direction: 1 | -1;

  constructor(content: TallyContent, { hits, counts }: Scan, bands: readonly Band[], sort: Sort) {
    this.counts = counts;
    this.#content = content;
    this.#hits = hits;
    this.#bands = bands;
    this.#direction = sort.key === 'age' && !sort.descending ? -1 : 1;
  }

  /** Row ids of a part of the list, in order. */
  ids(offset: number, limit: number): readonly number[] {
    const ids: number[] = [];
    let skip = offset;
    for (const band of this.#bands) {
      if (ids.length >= limit) break;
      if (skip < band.exposures) ids.push(...this.#part(band, skip, skip + limit - ids.length));
      skip = Math.max(0, skip - band.exposures);
    }
    return ids;
  }

  /** Row ids of all, in no order. */
  allIds(): readonly number[] {
    const ids: number[] = [];
    this.#content.exposures.forEach((id, index) => {
      if (this.#hits[index] === 1) ids.push(id);
    });
    return ids;
  }

  /** How many stand before this exposure; undefined: it is not in the list. */
  indexOf(id: number): number | undefined {
    const index = indexOfRow(this.#content.exposures, id);
    if (index === undefined || this.#hits[index] !== 1) return undefined;
    let before = 0;
    for (const band of this.#bands) {
      const cohorts = cohortsOf(band);
      if (cohorts.has(this.#cohortOf(index)))
        return before + this.#in(cohorts).filter((other) => this.#compare(other, index) < 0).length;
      before += band.exposures;
    }
    return undefined;
  }

  /** Ids at [from, to) of the band: only what lies between the times of its ends is sorted. */
  #part(band: Band, from: number, to: number): readonly number[] {
    const all = this.#in(cohortsOf(band));
    const last = Math.min(to, all.length) - 1;
    if (last < from) return [];
    const times = this.#timesOf(all);
    const moved = times.slice();
    const greatest = selectSmallest(moved, last);
    const least = selectSmallest(moved, from);
    const within: number[] = [];
    let before = 0;
    for (let at = 0; at < all.length; at++) {
      const time = times[at] ?? 0;
      if (time < least) before += 1;
      else if (time <= greatest) within.push(all[at] ?? 0);
    }
    return within
      .sort((a, b) => this.#compare(a, b))
      .slice(from - before, last + 1 - before)
      .map((index) => this.#content.exposures[index] ?? 0);
  }

  #timesOf(indexes: Uint32Array): Float64Array {
    const times = new Float64Array(indexes.length);
    for (let at = 0; at < times.length; at++) times[at] = this.#timeOf(indexes[at] ?? 0);
    return times;
  }

  /** Places of the exposures of these cohorts that are meant. */
  #in(cohorts: ReadonlySet<number>): Uint32Array {
    const { kinds, kindOf, groupOf, firstFinding } = this.#content;
    const isIn = Uint8Array.from(kinds, ({ cohort }) => (cohorts.has(cohort) ? 1 : 0));
    const hits = this.#hits;
    const found = new Uint32Array(this.counts.exposures);
    let count = 0;
    for (let index = 0; index < hits.length; index++) {
      if (hits[index] === 0) continue;
      const group = groupOf[firstFinding[index] ?? 0] ?? 0;
      if (isIn[kindOf[group] ?? 0] === 1) found[count++] = index;
    }
    return found.subarray(0, count);
  }

  #compare(one: number, other: number): number {
    return (
      this.#timeOf(one) - this.#timeOf(other) ||
      this.#direction * (this.#cohortOf(one) - this.#cohortOf(other) || one - other)
    );
  }

  /** An exposure is as old as the oldest of its findings that AWS still lists. */
  #timeOf(index: number): number {
    const { firstFinding, createdAt } = this.#content;
    const end = firstFinding[index + 1] ?? 0;
    let oldest = Infinity;
    for (let finding = firstFinding[index] ?? 0; finding < end; finding++)
      oldest = Math.min(oldest, createdAt[finding] ?? 0);
    return this.#direction * oldest;
  }

  #cohortOf(index: number): number {
    const { kinds, kindOf, groupOf, firstFinding } = this.#content;
    return kinds[kindOf[groupOf[firstFinding[index] ?? 0] ?? 0] ?? 0]?.cohort ?? 0;
  }
}

const cohortsOf = (band: Band): ReadonlySet<number> => new Set(band.shares.map(({ cohort }) => cohort.id));

import type { ListCounts, Sort } from '../../domain/listing.ts';
import type { Band } from '../bands.ts';
import { groupOfAny } from './each-finding.ts';
import { toFlags } from './flags.ts';
import type { Scan } from './memory-scan.ts';
import { placesInOrder } from './places-in-order.ts';
import type { TallyContent } from './tally-columns.ts';

/** Within a band the older come first, but where the list stands by age the other way round. */
export const isOrderedInMemory = ({ key }: Sort): boolean => key !== 'updated' && key !== 'resource';

/** The list from memory: no more of it is worked out than is asked for. */
export class MemoryList {
  readonly counts: ListCounts;
  readonly #content: TallyContent;
  readonly #hits: Uint8Array;
  readonly #bands: readonly Band[];
  /** Of each band that was asked for: its exposures, in no order. */
  readonly #ofBand = new Map<Band, Uint32Array>();
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
    const { exposures } = this.#content;
    const ids: number[] = [];
    const hits = this.#hits;
    for (let at = hits.indexOf(1); at >= 0; at = hits.indexOf(1, at + 1)) ids.push(exposures.at(at));
    return ids;
  }

  /** How many stand before this exposure; undefined: it is not in the list. */
  indexOf(id: number): number | undefined {
    const index = this.#content.exposures.placeOf(id);
    if (index === undefined || this.#hits[index] !== 1) return undefined;
    const own = this.#cohortOf(index);
    let before = 0;
    for (const band of this.#bands) {
      if (band.shares.some(({ cohort }) => cohort.id === own)) return before + this.#countBefore(band, index);
      before += band.exposures;
    }
    return undefined;
  }

  #countBefore(band: Band, index: number): number {
    let before = 0;
    for (const other of this.#in(band)) if (this.#compare(other, index) < 0) before += 1;
    return before;
  }

  /** Ids at [from, to) of the band. */
  #part(band: Band, from: number, to: number): readonly number[] {
    const order = {
      timeOf: (index: number) => this.#timeOf(index),
      compare: (one: number, other: number) => this.#compare(one, other),
    };
    return Array.from(placesInOrder(this.#in(band), order, from, to), (index) =>
      this.#content.exposures.at(index),
    );
  }

  /** Places of the exposures of the band that are meant. */
  #in(band: Band): Uint32Array {
    const known = this.#ofBand.get(band);
    if (known !== undefined) return known;
    const found = this.#find(band);
    this.#ofBand.set(band, found);
    return found;
  }

  #find({ shares, exposures }: Band): Uint32Array {
    const content = this.#content;
    const { groups, groupOf } = content;
    const cohorts = new Set(shares.map(({ cohort }) => cohort.id));
    const isKindIn = groups.kinds.map(({ cohort }) => cohorts.has(cohort));
    const isIn = toFlags(groups.length, (group) => isKindIn[groups.kindOf[group] ?? 0] === true);
    const hits = this.#hits;
    const found = new Uint32Array(exposures);
    let count = 0;
    for (let index = 0; index < hits.length; index++) {
      if (hits[index] === 0) continue;
      const own = groupOf[index] ?? 0;
      if (isIn[own >= 0 ? own : groupOfAny(content, index)] === 1) found[count++] = index;
    }
    return found;
  }

  #compare(one: number, other: number): number {
    return (
      this.#timeOf(one) - this.#timeOf(other) ||
      this.#direction * (this.#cohortOf(one) - this.#cohortOf(other) || one - other)
    );
  }

  #timeOf(index: number): number {
    return this.#direction * (this.#content.createdAt[index] ?? 0);
  }

  #cohortOf(index: number): number {
    return this.#content.groups.kind(groupOfAny(this.#content, index)).cohort;
  }
}

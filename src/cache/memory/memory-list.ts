import type { ListCounts, Sort } from '../../domain/listing.ts';
import type { Band } from '../bands.ts';
import { groupOfAny } from './each-finding.ts';
import { toFlags } from './flags.ts';
import { ListOrder } from './list-order.ts';
import type { Scan } from './memory-scan.ts';
import type { NumberRoom } from './number-room.ts';
import { placesInOrder } from './places-in-order.ts';
import type { TallyContent } from './tally-columns.ts';

/** Within a band the older come first, but where the list stands by age the other way round. */
export const isOrderedInMemory = ({ key }: Sort): boolean => key !== 'updated' && key !== 'resource';

interface MemoryListParts {
  readonly content: TallyContent;
  readonly found: Scan;
  readonly bands: readonly Band[];
  readonly sort: Sort;
  readonly room: NumberRoom;
}

/** The list from memory: no more of it is worked out than is asked for. */
export class MemoryList {
  readonly counts: ListCounts;
  readonly #content: TallyContent;
  readonly #hits: Uint8Array;
  readonly #bands: readonly Band[];
  readonly #room: NumberRoom;
  /** Of each band that was asked for: its exposures, in the order of their rows. */
  readonly #ofBand = new Map<Band, Uint32Array>();
  /** All that is meant of a risk is one band. */
  readonly #isByRisk: boolean;
  readonly #order: ListOrder;

  constructor({ content, found, bands, sort, room }: MemoryListParts) {
    this.counts = found.counts;
    this.#content = content;
    this.#hits = found.hits;
    this.#bands = bands;
    this.#room = room;
    this.#isByRisk = sort.key === 'risk';
    this.#order = new ListOrder(content, sort.key === 'age' && !sort.descending ? -1 : 1);
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

  /** Whether each of these has a single finding: which is meant, or it would not be in the list. */
  isLone(ids: readonly number[]): boolean {
    const { exposures, groupOf } = this.#content;
    return ids.every((id) => (groupOf[exposures.placeOf(id) ?? -1] ?? -1) >= 0);
  }

  /** Row ids of all, rising. */
  allIds(): readonly number[] {
    const { exposures } = this.#content;
    const ids: number[] = [];
    for (let index = 0; index < exposures.length; index++)
      if ((this.#hits[index] ?? 0) > 0) ids.push(exposures.at(index));
    return ids;
  }

  /** Row ids of so many that are in the list: this one and those that come next, in the order of `allIds`. */
  idsFrom(id: number, count: number): readonly number[] {
    const { exposures } = this.#content;
    const ids: number[] = [];
    const begin = exposures.placeOf(id) ?? exposures.length;
    for (let index = begin; index < exposures.length && ids.length < count; index++)
      if ((this.#hits[index] ?? 0) > 0) ids.push(exposures.at(index));
    return ids;
  }

  /** How many stand before this exposure; undefined: it is not in the list. */
  indexOf(id: number): number | undefined {
    const index = this.#content.exposures.placeOf(id);
    if (index === undefined || this.#hits[index] === 0) return undefined;
    const own = this.#order.cohortOf(index);
    let before = 0;
    for (const band of this.#bands) {
      if (band.shares.some(({ cohort }) => cohort.id === own)) return before + this.#countBefore(band, index);
      before += band.exposures;
    }
    return undefined;
  }

  #countBefore(band: Band, index: number): number {
    const order = this.#order;
    const { times, direction } = order;
    const places = this.#in(band);
    const own = times.at(index);
    let before = 0;
    for (let at = 0; at < places.length; at++) {
      const other = places[at] ?? 0;
      const later = direction * (times.at(other) - own);
      if (later < 0 || (later === 0 && order.compare(other, index) < 0)) before += 1;
    }
    return before;
  }

  /** Ids at [from, to) of the band. */
  #part(band: Band, from: number, to: number): readonly number[] {
    const places = placesInOrder(this.#in(band), this.#order, from, to);
    return Array.from(places, (index) => this.#content.exposures.at(index));
  }

  #in(band: Band): Uint32Array {
    const known = this.#ofBand.get(band);
    if (known !== undefined) return known;
    const rows = this.#room.take(band.exposures);
    if (this.#isByRisk && band.risk !== undefined) this.#findRisk(band.risk, rows);
    else this.#find(band, rows);
    this.#ofBand.set(band, rows);
    return rows;
  }

  #findRisk(risk: number, rows: Uint32Array): void {
    const hits = this.#hits;
    let count = 0;
    for (let index = 0; index < hits.length; index++) if (hits[index] === risk + 1) rows[count++] = index;
  }

  #find({ shares }: Band, rows: Uint32Array): void {
    const content = this.#content;
    const { groups, groupOf } = content;
    const cohorts = new Set(shares.map(({ cohort }) => cohort.id));
    const isKindIn = groups.kinds.map(({ cohort }) => cohorts.has(cohort));
    const isIn = toFlags(groups.length, (group) => isKindIn[groups.kindOf[group] ?? 0] === true);
    const hits = this.#hits;
    let count = 0;
    for (let index = 0; index < hits.length; index++) {
      if (hits[index] === 0) continue;
      const own = groupOf[index] ?? 0;
      if (isIn[own >= 0 ? own : groupOfAny(content, index)] === 1) rows[count++] = index;
    }
  }
}

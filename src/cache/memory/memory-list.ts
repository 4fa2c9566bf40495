import type { ListCounts } from '../../domain/listing.ts';
import type { Band } from '../bands.ts';
import type { ListOrder } from './list-order.ts';
import type { Scan } from './memory-scan.ts';
import type { Wanted } from './ordered-places.ts';
import type { TallyContent } from './tally-columns.ts';
import type { TallyKind } from './tally-groups.ts';

interface MemoryListParts {
  readonly content: TallyContent;
  readonly found: Scan;
  readonly bands: readonly Band[];
  readonly order: ListOrder;
}

/** The list from memory: what a filter means, as the order has it. */
export class MemoryList {
  readonly counts: ListCounts;
  readonly #content: TallyContent;
  readonly #meant: Wanted;
  readonly #bands: readonly Band[];
  readonly #order: ListOrder;

  constructor({ content, found, bands, order }: MemoryListParts) {
    this.counts = found.counts;
    this.#content = content;
    this.#meant = found.meant;
    this.#bands = bands;
    this.#order = order;
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
    return ids.every((id) => this.kindOfLone(id) !== undefined);
  }

  /** What the only finding of an exposure is; undefined: it has several. */
  kindOfLone(id: number): TallyKind | undefined {
    const { exposures, groupOf, groups } = this.#content;
    const group = groupOf[exposures.placeOf(id) ?? -1] ?? -1;
    return group < 0 ? undefined : groups.kind(group);
  }

  /** Row ids of all, rising. */
  allIds(): readonly number[] {
    return this.#idsFrom(0, this.counts.exposures);
  }

  /** Row ids of so many that are in the list: this one and those that come next, in the order of `allIds`. */
  idsFrom(id: number, count: number): readonly number[] {
    const { exposures } = this.#content;
    return this.#idsFrom(exposures.placeOf(id) ?? exposures.length, count);
  }

  #idsFrom(first: number, count: number): readonly number[] {
    const { exposures } = this.#content;
    const meant = this.#meant;
    const ids: number[] = [];
    for (let place = first; place < exposures.length && ids.length < count; place++)
      if (meant.has(place)) ids.push(exposures.at(place));
    return ids;
  }

  /** How many stand before this exposure; undefined: it is not in the list. */
  indexOf(id: number): number | undefined {
    const place = this.#content.exposures.placeOf(id);
    if (place === undefined || !this.#meant.has(place)) return undefined;
    const own = this.#order.bandOf(place);
    let before = 0;
    for (const band of this.#bands) {
      if (band.key === own) return before + this.#countBefore(band, place);
      before += band.exposures;
    }
    return undefined;
  }

  #countBefore({ key, exposures }: Band, place: number): number {
    const before = this.#order.placesOf(key).countBefore(this.#meant, place);
    return this.#order.isReversed ? exposures - 1 - before : before;
  }

  /** Row ids at [from, to) of the band. */
  #part({ key, exposures }: Band, from: number, to: number): readonly number[] {
    const places = this.#order.placesOf(key);
    const picked = this.#order.isReversed
      ? places.pick(this.#meant, exposures - to, exposures - from).reverse()
      : places.pick(this.#meant, from, to);
    return picked.map((place) => this.#content.exposures.at(place));
  }
}

import type { Sort } from '../../domain/listing.ts';
import { type BandParts, bandKeyOf } from '../bands.ts';
import type { Cohort } from '../cohort-table.ts';
import { groupOfAny } from './each-finding.ts';
import { OrderedPlaces } from './ordered-places.ts';
import { Runs } from './runs.ts';
import type { TallyContent } from './tally-columns.ts';

/** Whether all that the sort asks for is in memory. */
export const isOrderedInMemory = ({ key }: Sort): boolean => key !== 'updated' && key !== 'resource';

interface OrderParts extends BandParts {
  readonly content: TallyContent;
  readonly cohorts: ReadonlyMap<number, Cohort>;
}

const OUTSIDE = -1;

/**
 * How all exposures stand in the lists of one sort: the same whatever the filter, so that a filter only picks from it. A
 * band is put in order when it is first asked for; most never are.
 */
export class ListOrder {
  readonly #content: TallyContent;
  /** Key of the band of each cohort. */
  readonly #keys: ReadonlyMap<number, string>;
  readonly #bands = new Map<string, OrderedPlaces>();
  /** Within a band the older come first, but where the list stands by age the other way round. */
  readonly isReversed: boolean;

  constructor(sort: Sort, parts: OrderParts) {
    const keyOf = bandKeyOf(sort, parts);
    this.#content = parts.content;
    this.#keys = new Map([...parts.cohorts].map(([id, cohort]) => [id, keyOf(cohort)]));
    this.isReversed = sort.key === 'age' && !sort.descending;
  }

  /** Key of the band that an exposure is in. */
  bandOf(place: number): string | undefined {
    return this.#keys.get(this.#content.groups.kind(groupOfAny(this.#content, place)).cohort);
  }

  /** All exposures of a band: by time, then by cohort, then by row. */
  placesOf(band: string): OrderedPlaces {
    let places = this.#bands.get(band);
    if (places === undefined) {
      places = new OrderedPlaces(this.#byCohort(band), this.#content.createdAt);
      this.#bands.set(band, places);
    }
    return places;
  }

  #byCohort(band: string): Uint32Array {
    const cohorts = [...this.#keys].filter(([, key]) => key === band).map(([id]) => id);
    const ranks = this.#ranksOfGroups(cohorts.sort((one, other) => one - other));
    const counts = countRanks(this.#content, ranks, cohorts.length);
    let all = 0;
    const nexts = counts.map((count) => (all += count) - count);
    const places = new Uint32Array(all);
    fill(places, this.#content, { ranks, nexts });
    return places;
  }

  /** Of each group: which of these cohorts it is of. */
  #ranksOfGroups(cohorts: readonly number[]): Int32Array {
    const { groups } = this.#content;
    const rankOf = new Map(cohorts.map((id, rank) => [id, rank]));
    const ofKinds = Int32Array.from(groups.kinds.map(({ cohort }) => rankOf.get(cohort) ?? OUTSIDE));
    const { kindOf } = groups;
    const ranks = new Int32Array(groups.length);
    for (let group = 0; group < ranks.length; group++) ranks[group] = ofKinds[kindOf[group] ?? 0] ?? OUTSIDE;
    return ranks;
  }
}

function countRanks({ groups, runs }: TallyContent, ranks: Int32Array, count: number): Uint32Array {
  const counts = new Uint32Array(count);
  const add = (rank: number, exposures: number): void => {
    if (rank !== OUTSIDE) counts[rank] = (counts[rank] ?? 0) + exposures;
  };
  for (let group = 0; group < ranks.length; group++) add(ranks[group] ?? OUTSIDE, groups.lone[group] ?? 0);
  for (let run = Runs.FIRST; run < runs.end; run = runs.endOf(run))
    if (!runs.isLeft(run)) add(ranks[runs.groups[run + 1] ?? 0] ?? OUTSIDE, 1);
  return counts;
}

interface Filling {
  readonly ranks: Int32Array;
  /** Where the next one of each rank goes. */
  readonly nexts: Uint32Array;
}

function fill(places: Uint32Array, content: TallyContent, { ranks, nexts }: Filling): void {
  const { groupOf } = content;
  for (let place = 0; place < groupOf.length; place++) {
    const own = groupOf[place] ?? 0;
    const rank = ranks[own >= 0 ? own : groupOfAny(content, place)] ?? OUTSIDE;
    if (rank === OUTSIDE) continue;
    const next = nexts[rank] ?? 0;
    places[next] = place;
    nexts[rank] = next + 1;
  }
}

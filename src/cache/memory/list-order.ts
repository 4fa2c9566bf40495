import type { Sort } from '../../domain/listing.ts';
import { type BandParts, bandKeyOf } from '../bands.ts';
import type { Cohort } from '../cohort-table.ts';
import { groupOfAny } from './each-finding.ts';
import { toFlags } from './flags.ts';
import { OrderedPlaces } from './ordered-places.ts';
import { Runs } from './runs.ts';
import type { TallyContent } from './tally-columns.ts';

/** Whether all that the sort asks for is in memory. */
export const isOrderedInMemory = ({ key }: Sort): boolean => key !== 'updated' && key !== 'resource';

interface OrderParts extends BandParts {
  readonly content: TallyContent;
  readonly cohorts: ReadonlyMap<number, Cohort>;
}

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
    return this.#keys.get(this.#cohortOf(place));
  }

  /** All exposures of a band: by time, then by cohort, then by row. */
  placesOf(band: string): OrderedPlaces {
    let places = this.#bands.get(band);
    if (places === undefined) {
      const isIn = this.#groupsOf(band);
      const cohortOf = (place: number): number => this.#cohortOf(place);
      places = new OrderedPlaces(collect(this.#content, isIn), { times: this.#content.createdAt, cohortOf });
      this.#bands.set(band, places);
    }
    return places;
  }

  /** Puts a band in order before somebody asks for it; `false`: it is. */
  prepare(band: string): boolean {
    if (this.#bands.has(band)) return false;
    this.placesOf(band).prepare();
    return true;
  }

  #cohortOf(place: number): number {
    return this.#content.groups.kind(groupOfAny(this.#content, place)).cohort;
  }

  /** 1 for each group whose exposures are of the band. */
  #groupsOf(band: string): Uint8Array {
    const { groups } = this.#content;
    const { kindOf } = groups;
    const isKindIn = groups.kinds.map(({ cohort }) => this.#keys.get(cohort) === band);
    return toFlags(groups.length, (group) => isKindIn[kindOf[group] ?? 0] === true);
  }
}

/** Places of the exposures of these groups. */
function collect(content: TallyContent, isIn: Uint8Array): Uint32Array {
  const { groupOf } = content;
  const places = new Uint32Array(countExposures(content, isIn) + 1);
  let count = 0;
  for (let place = 0; place < groupOf.length; place++) {
    const own = groupOf[place] ?? 0;
    // No branch: which of a million are in is nothing a processor can guess. What is not is written over by the next.
    places[count] = place;
    count += isIn[own >= 0 ? own : groupOfAny(content, place)] ?? 0;
  }
  return places.subarray(0, count);
}

function countExposures({ groups, runs }: TallyContent, isIn: Uint8Array): number {
  let count = 0;
  for (let group = 0; group < isIn.length; group++) count += (isIn[group] ?? 0) * (groups.lone[group] ?? 0);
  for (let run = Runs.FIRST; run < runs.end; run = runs.endOf(run))
    if (!runs.isLeft(run)) count += isIn[runs.groups[run + 1] ?? 0] ?? 0;
  return count;
}

import { groupOfAny } from './each-finding.ts';
import type { Order } from './places-in-order.ts';
import type { TallyContent } from './tally-columns.ts';
import type { Times } from './times.ts';

/** How exposures of a band stand: the older first (1), or the younger (-1). */
export class ListOrder implements Order {
  readonly times: Times;
  readonly direction: 1 | -1;
  readonly #content: TallyContent;

  constructor(content: TallyContent, direction: 1 | -1) {
    this.#content = content;
    this.times = content.createdAt;
    this.direction = direction;
  }

  compare(one: number, other: number): number {
    return (
      this.direction *
      (this.times.at(one) - this.times.at(other) || this.cohortOf(one) - this.cohortOf(other) || one - other)
    );
  }

  cohortOf(place: number): number {
    return this.#content.groups.kind(groupOfAny(this.#content, place)).cohort;
  }
}

import { groupOfAny } from './each-finding.ts';
import type { Order } from './places-in-order.ts';
import type { TallyContent } from './tally-columns.ts';

/**
 * How exposures of a band stand: the older first, or the younger (-1). A class, because V8 compiles what calls its methods
 * once, and what calls functions that are made for each question again and again.
 */
export class ListOrder implements Order {
  readonly #content: TallyContent;
  readonly #direction: 1 | -1;

  constructor(content: TallyContent, direction: 1 | -1) {
    this.#content = content;
    this.#direction = direction;
  }

  timeOf(place: number): number {
    return this.#direction * this.#content.createdAt.at(place);
  }

  compare(one: number, other: number): number {
    return (
      this.timeOf(one) - this.timeOf(other) ||
      this.#direction * (this.cohortOf(one) - this.cohortOf(other) || one - other)
    );
  }

  cohortOf(place: number): number {
    return this.#content.groups.kind(groupOfAny(this.#content, place)).cohort;
  }
}

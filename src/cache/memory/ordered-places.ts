import { SLOTS, type Times } from './times.ts';

/** What of the places is looked for. */
export interface Wanted {
  has(place: number): boolean;
}

/** So many are sorted as they are. */
const FEW = 2_000;

export interface PlaceOrder {
  readonly times: Times;
  cohortOf(this: void, place: number): number;
}

/**
 * Places by time; those of the same time by cohort, and by place. Only some rows out of hundreds of thousands are ever
 * shown, and to sort them all is what would take the time: they are divided by time, the parts that are looked into again,
 * and what is sorted in the end is small. What has been done stays done for the next question.
 */
export class OrderedPlaces {
  readonly #places: Uint32Array;
  readonly #order: PlaceOrder;
  /** In order; each has some of the places. None: these are sorted themselves. undefined: nobody has asked yet. */
  #parts: readonly OrderedPlaces[] | undefined;

  /** The places rise; they are moved about where they stand. */
  constructor(places: Uint32Array, order: PlaceOrder) {
    this.#places = places;
    this.#order = order;
  }

  /** Does what most of the time of the first question goes to. */
  prepare(): void {
    this.#divide();
  }

  /** The wanted ones at [from, to), if these stood behind each other. */
  pick(wanted: Wanted, from: number, to: number): number[] {
    const parts = this.#divide();
    if (parts.length === 0) return pickSorted(this.#places, wanted, from, to);
    const picked: number[] = [];
    let before = 0;
    for (const part of parts) {
      if (before >= to) break;
      const count = part.count(wanted);
      if (before + count > from) picked.push(...part.pick(wanted, Math.max(0, from - before), to - before));
      before += count;
    }
    return picked;
  }

  count(wanted: Wanted): number {
    return countUpTo(this.#places, wanted, undefined);
  }

  /** How many wanted ones stand before this place, which is one of these. */
  countBefore(wanted: Wanted, place: number): number {
    const parts = this.#divide();
    if (parts.length === 0) return countUpTo(this.#places, wanted, place);
    let before = 0;
    for (const part of parts) {
      if (part.#places.includes(place)) return before + part.countBefore(wanted, place);
      before += part.count(wanted);
    }
    return before;
  }

  #divide(): readonly OrderedPlaces[] {
    if (this.#parts !== undefined) return this.#parts;
    const places = this.#places;
    const slots = places.length <= FEW ? undefined : this.#order.times.slotsOf(places);
    if (slots === undefined) this.#sort();
    const parts = slots === undefined ? [] : divide(places, slots);
    this.#parts = parts.map((part) => new OrderedPlaces(part, this.#order));
    return this.#parts;
  }

  #sort(): void {
    const { times, cohortOf } = this.#order;
    this.#places.sort(
      (one, other) => times.at(one) - times.at(other) || cohortOf(one) - cohortOf(other) || one - other,
    );
  }
}

// Loops by index: until V8 has compiled them, which takes longer than they do, `for … of` takes ten times as long.

function pickSorted(places: Uint32Array, wanted: Wanted, from: number, to: number): number[] {
  const picked: number[] = [];
  let before = 0;
  for (let at = 0; at < places.length && before < to; at++) {
    const place = places[at] ?? 0;
    if (wanted.has(place) && before++ >= from) picked.push(place);
  }
  return picked;
}

/** Wanted ones before this place, or all. */
function countUpTo(places: Uint32Array, wanted: Wanted, end: number | undefined): number {
  let count = 0;
  for (let at = 0; at < places.length; at++) {
    const place = places[at] ?? 0;
    if (place === end) break;
    if (wanted.has(place)) count += 1;
  }
  return count;
}

/** Puts those of each slot behind each other, where they stand: what belongs into one goes round with what stands there. */
function divide(places: Uint32Array, slots: Uint8Array): readonly Uint32Array[] {
  const ends = endsOf(slots);
  const nexts = new Uint32Array(SLOTS);
  nexts.set(ends.subarray(0, -1), 1);
  for (let slot = 0; slot < SLOTS; slot++) {
    const end = ends[slot] ?? 0;
    for (let at = nexts[slot] ?? 0; at < end;) {
      const own = slots[at] ?? 0;
      const to = nexts[own] ?? 0;
      nexts[own] = to + 1;
      if (own === slot) {
        at += 1;
        continue;
      }
      const place = places[at] ?? 0;
      places[at] = places[to] ?? 0;
      places[to] = place;
      slots[at] = slots[to] ?? 0;
      slots[to] = own;
    }
  }
  const parts: Uint32Array[] = [];
  ends.forEach((end, slot) => {
    const start = ends[slot - 1] ?? 0;
    if (end > start) parts.push(places.subarray(start, end));
  });
  return parts;
}

function endsOf(slots: Uint8Array): Uint32Array {
  const ends = new Uint32Array(SLOTS);
  for (let at = 0; at < slots.length; at++) ends[slots[at] ?? 0] = (ends[slots[at] ?? 0] ?? 0) + 1;
  for (let slot = 1; slot < SLOTS; slot++) ends[slot] = (ends[slot] ?? 0) + (ends[slot - 1] ?? 0);
  return ends;
}

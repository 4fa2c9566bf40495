import type { Times } from './times.ts';

/** What of the places is looked for. */
export interface Wanted {
  has(place: number): boolean;
}

/** So many are sorted as they are. */
const FEW = 2_000;
const SLOTS = 256;

/**
 * Places by time; those of the same time stay as they were given. Only some rows out of hundreds of thousands are ever
 * shown, and to sort them all is what would take the time: they are divided by time, the parts that are looked into again,
 * and what is sorted in the end is small. What has been done stays done for the next question.
 */
export class OrderedPlaces {
  readonly #places: Uint32Array;
  readonly #times: Times;
  /** In order; each has some of the places. */
  #parts: readonly OrderedPlaces[] | undefined;
  #isSorted = false;

  /** The places are moved about where they stand. */
  constructor(places: Uint32Array, times: Times) {
    this.#places = places;
    this.#times = times;
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

  /** None: the places are sorted now. */
  #divide(): readonly OrderedPlaces[] {
    if (this.#isSorted) return [];
    if (this.#parts !== undefined) return this.#parts;
    const times = this.#times;
    const slots = this.#places.length <= FEW ? undefined : times.slotsOf(this.#places, SLOTS);
    if (slots === undefined) {
      this.#isSorted = true;
      if (this.#places.length <= FEW) this.#places.sort((one, other) => times.at(one) - times.at(other));
      return [];
    }
    this.#parts = divide(this.#places, slots).map((part) => new OrderedPlaces(part, times));
    return this.#parts;
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

/** Puts those of each slot behind each other, as they stood. */
function divide(places: Uint32Array, slots: Uint16Array): readonly Uint32Array[] {
  const ends = new Uint32Array(SLOTS);
  for (let at = 0; at < slots.length; at++) ends[slots[at] ?? 0] = (ends[slots[at] ?? 0] ?? 0) + 1;
  const nexts = new Uint32Array(SLOTS);
  for (let slot = 1; slot < SLOTS; slot++) {
    nexts[slot] = ends[slot - 1] ?? 0;
    ends[slot] = (ends[slot] ?? 0) + (ends[slot - 1] ?? 0);
  }
  const given = places.slice();
  for (let at = 0; at < given.length; at++) {
    const slot = slots[at] ?? 0;
    const next = nexts[slot] ?? 0;
    places[next] = given[at] ?? 0;
    nexts[slot] = next + 1;
  }
  const parts: Uint32Array[] = [];
  ends.forEach((end, slot) => {
    const start = ends[slot - 1] ?? 0;
    if (end > start) parts.push(places.subarray(start, end));
  });
  return parts;
}

/** How places stand: by their times, and those of the same time as `compare` has it. */
export interface Order {
  readonly timeOf: (place: number) => number;
  readonly compare: (one: number, other: number) => number;
}

/** So many are sorted as they are. */
const FEW = 2_000;
const SLOTS = 1_024;

/**
 * What would stand at [from, to) if the places were sorted. Where only some rows out of hundreds of thousands are shown,
 * sorting them all is what takes the time: they are counted by time instead, and sorted near the rows that are shown.
 */
export function placesInOrder(places: Uint32Array, order: Order, from: number, to: number): Uint32Array {
  const near = places.length <= FEW ? { places, before: 0 } : narrow(places, order, from, to);
  if (near.places.length < places.length)
    return placesInOrder(near.places, order, from - near.before, to - near.before);
  return places.slice().sort(order.compare).subarray(from, to);
}

interface Near {
  readonly places: Uint32Array;
  /** How many stand before all of these. */
  readonly before: number;
}

/** The places whose time lies in one of the slots that [from, to) reaches into. */
function narrow(places: Uint32Array, { timeOf }: Order, from: number, to: number): Near {
  const slots = slotsOf(places, timeOf);
  const counts = new Uint32Array(SLOTS);
  for (const slot of slots) counts[slot] = (counts[slot] ?? 0) + 1;
  let [before, first] = [0, 0];
  while (before + (counts[first] ?? 0) <= from && first < SLOTS - 1) before += counts[first++] ?? 0;
  let [until, last] = [before + (counts[first] ?? 0), first];
  while (until < to && last < SLOTS - 1) until += counts[++last] ?? 0;
  return { places: places.filter((_, at) => isWithin(slots[at] ?? 0, first, last)), before };
}

/** Of each place: in which of equally long stretches of time it lies. */
function slotsOf(places: Uint32Array, timeOf: Order['timeOf']): Uint16Array {
  let [least, most] = [Infinity, -Infinity];
  for (const place of places) {
    const time = timeOf(place);
    if (time < least) least = time;
    if (time > most) most = time;
  }
  const scale = (SLOTS - 1) / (most - least || 1);
  const slots = new Uint16Array(places.length);
  for (let at = 0; at < places.length; at++)
    slots[at] = Math.floor((timeOf(places[at] ?? 0) - least) * scale);
  return slots;
}

const isWithin = (slot: number, first: number, last: number): boolean => slot >= first && slot <= last;

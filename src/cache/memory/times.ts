import type { Marks } from '../filter-node.ts';
import { grown } from './grown.ts';

const HIGH = 2 ** 32;
const MOST = 2 ** 48 - 1;

/** Epoch ms, without the last; undefined: no bound. */
export interface TimeRange {
  readonly from: number | undefined;
  readonly until: number | undefined;
}

/** Times of a million things in 6 bytes each: epoch ms from 1970 to the year 10889, others are the nearest of these. */
export class Times {
  #low = new Uint32Array(0);
  #high = new Uint16Array(0);

  makeRoom(length: number): void {
    this.#low = grown(this.#low, length);
    this.#high = grown(this.#high, length);
  }

  at(place: number): number {
    return (this.#high[place] ?? 0) * HIGH + (this.#low[place] ?? 0);
  }

  set(place: number, time: number): void {
    const kept = Math.min(Math.max(time, 0), MOST);
    this.#high[place] = kept / HIGH;
    this.#low[place] = kept % HIGH;
  }

  /** Marks the places whose time lies in the range. */
  mark({ from = -Infinity, until = Infinity }: TimeRange, { bits, bit }: Marks): void {
    const [low, high] = [this.#low, this.#high];
    for (let place = 0; place < bits.length; place++) {
      const time = (high[place] ?? 0) * HIGH + (low[place] ?? 0);
      // No branch: it would be guessed wrong for every second place.
      bits[place] = (bits[place] ?? 0) | (bit * (Number(time >= from) & Number(time < until)));
    }
  }

  /** Of each of these places: in which of so many equally long stretches of time it lies. undefined: all are of one time. */
  slotsOf(places: Uint32Array, slots: number): Uint16Array | undefined {
    const [low, high] = [this.#low, this.#high];
    let [least, most] = [Infinity, -Infinity];
    for (let at = 0; at < places.length; at++) {
      const place = places[at] ?? 0;
      const time = (high[place] ?? 0) * HIGH + (low[place] ?? 0);
      if (time < least) least = time;
      if (time > most) most = time;
    }
    if (least >= most) return undefined;
    const scale = (slots - 1) / (most - least);
    const slotOf = new Uint16Array(places.length);
    for (let at = 0; at < places.length; at++) {
      const place = places[at] ?? 0;
      slotOf[at] = ((high[place] ?? 0) * HIGH + (low[place] ?? 0) - least) * scale;
    }
    return slotOf;
  }
}

import type { Marks } from '../filter-node.ts';
import { grown } from './grown.ts';

const HIGH = 2 ** 32;
const MOST = 2 ** 47 - 1;
/** Times are told apart roughly by minutes (of 65 seconds, ms / 65,536): whole numbers of 31 bits. */
const MINUTE = 2 ** 16;
const MINUTE_BITS = 16;
const LAST_MINUTE = 2 ** 31 - 1;

/** As many as a byte can number. */
export const SLOTS = 2 ** 8;

/** Epoch ms, without the last; undefined: no bound. */
export interface TimeRange {
  readonly from: number | undefined;
  readonly until: number | undefined;
}

/**
 * Times of a million things in 6 bytes each: epoch ms from 1970 to the year 6429, others are the nearest of these. What goes
 * over all of them looks at minutes: larger numbers are slow until V8 has compiled the loop, and that is most of the time
 * that a keystroke takes.
 */
export class Times {
  /** The lower 32 bits, and the others. */
  #low = new Int32Array(0);
  #high = new Uint16Array(0);

  makeRoom(length: number): void {
    this.#low = grown(this.#low, length);
    this.#high = grown(this.#high, length);
  }

  at(place: number): number {
    return (this.#high[place] ?? 0) * HIGH + ((this.#low[place] ?? 0) >>> 0);
  }

  set(place: number, time: number): void {
    const kept = Math.min(Math.max(time, 0), MOST);
    this.#high[place] = kept / HIGH;
    this.#low[place] = kept % HIGH;
  }

  /** Marks the places whose time lies in the range. */
  mark({ from = 0, until = Infinity }: TimeRange, { bits, bit }: Marks): void {
    const [low, high] = [this.#low, this.#high];
    const first = minuteOf(from);
    const last = minuteOf(until);
    for (let place = 0; place < bits.length; place++) {
      const minute = ((high[place] ?? 0) << MINUTE_BITS) | ((low[place] ?? 0) >>> MINUTE_BITS);
      // No branch but for two minutes: another would be guessed wrong for every second place.
      let isIn = Number(minute > first) & Number(minute < last);
      if (minute === first || minute === last) {
        const time = this.at(place);
        isIn = Number(time >= from) & Number(time < until);
      }
      bits[place] = (bits[place] ?? 0) | (bit * isIn);
    }
  }

  /** Of each of these places: in which of up to SLOTS equally long stretches of time it lies. undefined: all are of one minute. */
  slotsOf(places: Uint32Array): Uint8Array | undefined {
    const [low, high] = [this.#low, this.#high];
    let [least, most] = [LAST_MINUTE, 0];
    for (let at = 0; at < places.length; at++) {
      const place = places[at] ?? 0;
      const minute = ((high[place] ?? 0) << MINUTE_BITS) | ((low[place] ?? 0) >>> MINUTE_BITS);
      if (minute < least) least = minute;
      if (minute > most) most = minute;
    }
    if (least >= most) return undefined;
    const shift = Math.max(0, Math.clz32(SLOTS - 1) - Math.clz32(most - least));
    const slotOf = new Uint8Array(places.length);
    for (let at = 0; at < places.length; at++) {
      const place = places[at] ?? 0;
      const minute = ((high[place] ?? 0) << MINUTE_BITS) | ((low[place] ?? 0) >>> MINUTE_BITS);
      slotOf[at] = (minute - least) >> shift;
    }
    return slotOf;
  }
}

const minuteOf = (time: number): number => Math.floor(Math.min(Math.max(time, 0), MOST) / MINUTE);

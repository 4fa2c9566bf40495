import type { Marks } from '../filter-node.ts';
import { grown } from './grown.ts';

const LOW_BITS = 2 ** 32;
/**
 * What is kept is counted in ms from here, April 2016: the service is of December 2019, so no finding is older. 0 stands for
 * all that is before, as no time at all is.
 */
const START = 340 * LOW_BITS;
/** Behind the last that is kept, in February 2051. */
const END = 2 ** 40;
/** Times are told apart roughly by minutes (of 65 seconds, ms / 65,536): whole numbers of 24 bits. */
const MINUTE = 2 ** 16;
const MINUTE_BITS = 16;
const LAST_MINUTE = END / MINUTE;

/** As many as a byte can number. */
export const SLOTS = 2 ** 8;

/** Epoch ms, without the last; undefined: no bound. */
export interface TimeRange {
  readonly from: number | undefined;
  readonly until: number | undefined;
}

/**
 * Times of a million things in 5 bytes each: epoch ms, or 0. What goes over all of them looks at minutes: larger numbers are
 * slow until V8 has compiled the loop, and that is most of the time that a keystroke takes.
 */
export class Times {
  /** The lower 32 bits, and the others. */
  #low = new Int32Array(0);
  #high = new Uint8Array(0);

  makeRoom(length: number): void {
    this.#low = grown(this.#low, length);
    this.#high = grown(this.#high, length);
  }

  at(place: number): number {
    const kept = this.#keptAt(place);
    return kept === 0 ? 0 : START + kept;
  }

  set(place: number, time: number): void {
    const kept = Math.min(Math.max(time - START, 0), END - 1);
    this.#high[place] = kept / LOW_BITS;
    this.#low[place] = kept % LOW_BITS;
  }

  #keptAt(place: number): number {
    return (this.#high[place] ?? 0) * LOW_BITS + ((this.#low[place] ?? 0) >>> 0);
  }

  /** Marks the places whose time lies in the range. */
  mark({ from = 0, until = Infinity }: TimeRange, { bits, bit }: Marks): void {
    const [low, high] = [this.#low, this.#high];
    const [begin, end] = [toKept(from), toKept(until)];
    const first = Math.floor(begin / MINUTE);
    const last = Math.floor(end / MINUTE);
    for (let place = 0; place < bits.length; place++) {
      const minute = ((high[place] ?? 0) << MINUTE_BITS) | ((low[place] ?? 0) >>> MINUTE_BITS);
      // No branch but for two minutes: another would be guessed wrong for every second place.
      let isIn = Number(minute > first) & Number(minute < last);
      if (minute === first || minute === last) {
        const kept = this.#keptAt(place);
        isIn = Number(kept >= begin) & Number(kept < end);
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

/** A bound as what is kept is counted: it has all that is before START on one side. */
const toKept = (bound: number): number => (bound <= 0 ? 0 : Math.min(Math.max(bound - START, 1), END));

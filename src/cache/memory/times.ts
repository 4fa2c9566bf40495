import { grown } from './grown.ts';

const HIGH = 2 ** 32;
const MOST = 2 ** 48 - 1;

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
}

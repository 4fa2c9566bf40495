import { Buffer } from 'node:buffer';
import type { Criterion } from '../domain/archive-rule.ts';

/** 1 for each resource that a criterion means. */
export type Hits = Uint8Array;

/** Criteria whose hits are kept: most keystrokes change another one. */
const REMEMBERED = 8;

/** Many texts one behind the other, to look through them at the speed of memory. Compared byte by byte: case counts. */
export class ResourceText {
  readonly #bytes: Buffer;
  /** Where each begins, and where the last one ends. */
  readonly #starts: Uint32Array;
  readonly #remembered = new Map<string, Hits>();

  constructor(texts: readonly string[]) {
    this.#bytes = Buffer.from(texts.join(''));
    this.#starts = new Uint32Array(texts.length + 1);
    let end = 0;
    texts.forEach((text, index) => {
      end += Buffer.byteLength(text);
      this.#starts[index + 1] = end;
    });
  }

  /** As `matchesCriteria` has it, for a key that is never without a value. */
  hits(criterion: Criterion): Hits {
    const key = JSON.stringify(criterion);
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    const hits = this.#compute(criterion);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size >= REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
    this.#remembered.set(key, hits);
    return hits;
  }

  #compute({ eq, neq, contains, exists }: Criterion): Hits {
    const all = new Uint8Array(this.#starts.length - 1).fill(exists === false ? 0 : 1);
    if (eq !== undefined) keep(all, this.#any(eq, true), 1);
    if (neq !== undefined) keep(all, this.#any(neq, true), 0);
    if (contains !== undefined) keep(all, this.#any(contains, false), 1);
    return all;
  }

  #any(texts: readonly string[], whole: boolean): Hits {
    const hits = new Uint8Array(this.#starts.length - 1);
    for (const text of texts) this.#mark(Buffer.from(text), whole, hits);
    return hits;
  }

  #mark(wanted: Buffer, whole: boolean, hits: Hits): void {
    const starts = this.#starts;
    let index = 0;
    let at = this.#bytes.indexOf(wanted);
    while (at >= 0 && index < hits.length) {
      index = this.#indexOf(at, index);
      const [start, end] = [starts[index] ?? 0, starts[index + 1] ?? 0];
      const isInside = at + wanted.length <= end;
      if (isInside && (!whole || (at === start && at + wanted.length === end))) {
        hits[index] = 1;
        index = whole ? index + 1 : this.#markAlike(wanted, at - start, index + 1, hits);
        at = this.#bytes.indexOf(wanted, starts[index] ?? 0);
      } else at = this.#bytes.indexOf(wanted, at + 1);
    }
  }

  /** Neighbours are often made alike: where the text stands at the same place, it need not be searched for. */
  #markAlike(wanted: Buffer, offset: number, from: number, hits: Hits): number {
    let index = from;
    while (index < hits.length && this.#holdsAt((this.#starts[index] ?? 0) + offset, index, wanted)) {
      hits[index] = 1;
      index += 1;
    }
    return index;
  }

  #holdsAt(at: number, index: number, wanted: Buffer): boolean {
    if (at + wanted.length > (this.#starts[index + 1] ?? 0)) return false;
    for (let each = wanted.length - 1; each >= 0; each--) {
      if (this.#bytes[at + each] !== wanted[each]) return false;
    }
    return true;
  }

  /** The text that holds the byte, not before `from`: first in growing steps, then by halves. */
  #indexOf(at: number, from: number): number {
    const starts = this.#starts;
    let low = from;
    let step = 1;
    while (low + step < starts.length - 1 && (starts[low + step] ?? 0) <= at) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, starts.length - 1);
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return low;
  }
}

function keep(all: Hits, hits: Hits, wanted: 0 | 1): void {
  for (let index = 0; index < all.length; index++) if (hits[index] !== wanted) all[index] = 0;
}

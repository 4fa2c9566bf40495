import { Buffer } from 'node:buffer';
import type { Criterion } from '../../domain/archive-rule.ts';
import type { Pattern } from '../../domain/filter/ast.ts';
import { anywhere, matchesFromBoundary, matchesPattern } from '../../domain/filter/patterns.ts';
import type { Marks, ResourceSearch } from '../filter-node.ts';
import { requiredParts } from '../pattern-sql.ts';
import type { TextTest } from './text-bucket.ts';
import { TextBuckets } from './text-buckets.ts';

/** 1 for each resource that is meant. */
export type Hits = Uint8Array;

/** Criteria whose hits are kept: most keystrokes change another one. */
const REMEMBERED = 4;

/** The resources of a store, looked through at the speed of memory: by filters, whatever their case, and by rules. */
export class ResourceText implements ResourceSearch {
  #length = 0;
  readonly #buckets = new TextBuckets();
  /** Those with letters beyond ASCII, as they came. */
  readonly #beyondAscii = new Map<number, string>();
  readonly #remembered = new Map<string, Hits>();

  get length(): number {
    return this.#length;
  }

  /** The next one: the bytes of `text` from `from` to `to`, UTF-8. */
  add(text: Uint8Array, from: number, to: number): void {
    const number = this.#length;
    if (isBeyondAscii(text, from, to)) {
      const own = Buffer.from(text.subarray(from, to)).toString();
      const folded = Buffer.from(own.toLowerCase());
      this.#beyondAscii.set(number, own);
      this.#buckets.add(number, folded, 0, folded.length);
    } else this.#buckets.add(number, text, from, to);
    this.#length = number + 1;
    if (this.#remembered.size > 0) this.#remembered.clear();
  }

  /** Those that hold a bare word. */
  holding(pattern: Pattern, marks: Marks): void {
    const inside = anywhere(pattern);
    const isPart = pattern.parts.length === 1;
    this.#mark(pattern, isPart ? undefined : (text) => matchesPattern(inside, text), marks);
  }

  /** Those that a value of the filter key `resource` means. */
  matching(pattern: Pattern, marks: Marks): void {
    const [first, , last] = pattern.parts;
    const isPart = pattern.parts.length === 3 && first === '' && last === '';
    this.#mark(pattern, isPart ? undefined : (text) => matchesFromBoundary(pattern, text), marks);
  }

  /** Those that a criterion means. */
  meeting(criterion: Criterion, { bits, bit }: Marks): void {
    const hits = this.hits(criterion);
    for (let number = 0; number < hits.length; number++)
      if (hits[number] === 1) bits[number] = (bits[number] ?? 0) | bit;
  }

  /** As `matchesCriteria` has it, for a key that is never without a value: case counts. */
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

  #mark(pattern: Pattern, test: TextTest | undefined, marks: Marks): void {
    const text = requiredParts(pattern)[0] ?? '';
    this.#buckets.find({ text, caseCounts: false, ...(test === undefined ? {} : { test }) }, marks);
  }

  #compute({ eq, neq, contains, exists }: Criterion): Hits {
    const all = new Uint8Array(this.#length).fill(exists === false ? 0 : 1);
    if (eq !== undefined) keepAlike(all, this.#equal(eq), 1);
    if (neq !== undefined) keepAlike(all, this.#equal(neq), 0);
    if (contains !== undefined) keepAlike(all, this.#containing(contains), 1);
    return all;
  }

  #containing(texts: readonly string[]): Hits {
    const hits = this.#anyOf(texts);
    for (const [number, own] of this.#beyondAscii)
      hits[number] = texts.some((text) => own.includes(text)) ? 1 : 0;
    return hits;
  }

  /** What holds a text and is no longer than it is that text. */
  #equal(texts: readonly string[]): Hits {
    const hits = this.#anyOf(texts, (wanted) => (text) => text.length === wanted.length);
    for (const [number, own] of this.#beyondAscii) hits[number] = texts.includes(own) ? 1 : 0;
    return hits;
  }

  /** Those that hold one of the texts as it is written, and pass its test. */
  #anyOf(texts: readonly string[], testOf?: (wanted: string) => TextTest): Hits {
    const hits = new Uint8Array(this.#length);
    for (const text of texts) {
      const test = testOf === undefined ? {} : { test: testOf(text) };
      const found = new Uint8Array(this.#length);
      this.#buckets.find({ text, caseCounts: true, ...test }, { bits: found, bit: 1 });
      for (let at = 0; at < hits.length; at++) hits[at] = (hits[at] ?? 0) | (found[at] ?? 0);
    }
    return hits;
  }
}

function isBeyondAscii(text: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((text[at] ?? 0) > 0x7f) return true;
  return false;
}

function keepAlike(all: Hits, hits: Hits, wanted: 0 | 1): void {
  for (let index = 0; index < all.length; index++) if (hits[index] !== wanted) all[index] = 0;
}

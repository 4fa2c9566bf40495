import type { Marks } from '../filter-node.ts';
import { toAutomaton } from './automaton.ts';
import { Shelf } from './shelf.ts';
import { TextBucket, type TextTest } from './text-bucket.ts';

const [SLASH, COLON] = [47, 58];
/** `arn:partition:service:region:account:` */
const COLONS = 5;
/** A type of resource (`role/`, `function:`) is no longer. */
const TYPE_LENGTH = 24;
/** More would be small ones that cost more than they spare. */
const MOST = 4_096;

export interface TextQuestion {
  readonly text: string;
  readonly caseCounts: boolean;
  /** What a text that holds it must pass besides. */
  readonly test?: TextTest;
}

interface Known {
  readonly beginning: Uint8Array;
  /** The one that is not full. */
  bucket: TextBucket;
}

/** Resources by how they begin: `arn:aws:iam::123456789012:role/` stands before thousands of names, and stands once. */
export class TextBuckets {
  readonly #shelf = new Shelf();
  readonly #whole: Known = {
    beginning: new Uint8Array(0),
    bucket: new TextBucket(new Uint8Array(0), this.#shelf),
  };
  readonly #buckets: TextBucket[] = [this.#whole.bucket];
  readonly #byHash = new Map<number, Known[]>();
  #beginnings = 1;
  /** Bytes of the longest text. */
  #longest = 0;

  /** The bytes of `text` from `from` to `to`: UTF-8, letters beyond ASCII in lower case already. */
  add(number: number, text: Uint8Array, from: number, to: number): void {
    const end = endOfBeginning(text, from, to);
    this.#longest = Math.max(this.#longest, to - from);
    const known = end === from ? this.#whole : this.#knownOf(text, from, end);
    if (known.bucket.isFull) {
      known.bucket = new TextBucket(known.beginning, this.#shelf);
      this.#buckets.push(known.bucket);
    }
    known.bucket.add(number, text, from + known.beginning.length, to);
  }

  /** Marks the texts that are meant. */
  find({ text, caseCounts, test }: TextQuestion, marks: Marks): void {
    if (text.length > this.#longest) return;
    const automaton = toAutomaton(text, caseCounts);
    const states = new Uint32Array(this.#longest + 1);
    for (const bucket of this.#buckets) {
      bucket.mark(automaton, marks, states);
      if (test !== undefined) bucket.keep(test, marks);
    }
  }

  #knownOf(text: Uint8Array, from: number, to: number): Known {
    let hash = 0;
    for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + (text[at] ?? 0)) | 0;
    const alike = this.#byHash.get(hash) ?? [];
    for (const known of alike) if (isSame(known.beginning, text, from, to)) return known;
    if (this.#beginnings >= MOST) return this.#whole;
    this.#beginnings += 1;
    const beginning = text.slice(from, to);
    const bucket = new TextBucket(beginning, this.#shelf);
    const known: Known = { beginning, bucket };
    this.#byHash.set(hash, [...alike, known]);
    this.#buckets.push(bucket);
    return known;
  }
}

function isSame(beginning: Uint8Array, text: Uint8Array, from: number, to: number): boolean {
  if (beginning.length !== to - from) return false;
  for (let at = from; at < to; at++) if (beginning[at - from] !== text[at]) return false;
  return true;
}

/** After the account and, where it is told by a `/` or `:`, the type of the resource. ASCII alone. */
function endOfBeginning(text: Uint8Array, from: number, to: number): number {
  let colons = 0;
  let end = from;
  for (let at = from; at < to; at++) {
    const byte = text[at] ?? 0;
    if (byte > 0x7f || (colons === COLONS && at - end > TYPE_LENGTH)) break;
    if (colons === COLONS && (byte === SLASH || byte === COLON)) return at + 1;
    if (byte !== COLON) continue;
    colons += 1;
    if (colons === COLONS) end = at + 1;
  }
  return end;
}

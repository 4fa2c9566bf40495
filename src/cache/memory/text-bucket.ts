import { Buffer } from 'node:buffer';
import { grown } from './grown.ts';
import { letterBit, pairBit, type Signature, toSignature } from './signature.ts';

const [UPPER_A, UPPER_Z] = [65, 90];
const TO_LOWER = 32;

/** What is looked for: its bytes in lower case, and where case counts which of them were upper case. */
interface Wanted extends Signature {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly upper: readonly boolean[] | undefined;
}

function toWanted(text: string, caseCounts: boolean): Wanted {
  const folded = text.toLowerCase();
  const bytes = Buffer.from(folded);
  const upper = caseCounts ? Array.from(text, (letter, at) => letter !== folded[at]) : undefined;
  return { text: caseCounts ? text : folded, bytes, upper, ...toSignature(bytes) };
}

/** A question to all buckets. */
export interface TextQuestion {
  readonly text: string;
  readonly caseCounts: boolean;
  /** What a text that holds it must pass besides; it comes in lower case, with its number. */
  readonly test?: (folded: string, number: number) => boolean;
}

/** Texts in a bucket. Arrays that grow leave holes in memory: small ones leave small ones, which others fill. */
const FULL = 4_096;

/**
 * Texts that begin alike, the rest of each in lower case one behind the other. A bit for each letter says whether it was
 * upper case, and a signature what each may hold.
 */
export class TextBucket {
  readonly #beginning: string;
  readonly #foldedBeginning: string;
  #length = 0;
  #numbers: Uint32Array;
  #bytes: Uint8Array;
  #upper: Uint8Array;
  /** Where the rest of each begins, and where the last one ends. */
  #starts: Uint32Array;
  #letters: Int32Array;
  #pairs: Int32Array;
  /** What any of them may hold. */
  #anyLetters = 0;
  #anyPairs = 0;

  /** With room for so many texts and bytes; it grows when there are more. */
  constructor(beginning: string, texts = 0, bytes = 0) {
    this.#beginning = beginning;
    this.#foldedBeginning = beginning.toLowerCase();
    this.#numbers = new Uint32Array(texts);
    this.#bytes = new Uint8Array(bytes);
    this.#upper = new Uint8Array((bytes >> 3) + 1);
    this.#starts = new Uint32Array(texts + 1);
    this.#letters = new Int32Array(texts);
    this.#pairs = new Int32Array(texts);
  }

  get isFull(): boolean {
    return this.#length >= FULL;
  }

  /** Another one for texts that begin like these, with room for as many that are a little longer. */
  next(): TextBucket {
    return new TextBucket(this.#beginning, FULL, Math.ceil((this.#starts[this.#length] ?? 0) * 1.05));
  }

  /** The bytes of `text` from `from` to `to`, without the beginning. */
  add(number: number, text: Uint8Array, from: number, to: number): void {
    const index = this.#length;
    const start = this.#starts[index] ?? 0;
    const end = start + to - from;
    this.#makeRoom(index + 1, end);
    const [bytes, upper] = [this.#bytes, this.#upper];
    let [letters, pairs, before] = [0, 0, 0];
    for (let at = start; at < end; at++) {
      const byte = text[at - start + from] ?? 0;
      const isUpper = byte >= UPPER_A && byte <= UPPER_Z;
      const folded = isUpper ? byte + TO_LOWER : byte;
      if (isUpper) upper[at >> 3] = (upper[at >> 3] ?? 0) | (1 << (at & 7));
      bytes[at] = folded;
      letters |= letterBit(folded);
      if (at > start) pairs |= pairBit(before, folded);
      before = folded;
    }
    this.#numbers[index] = number;
    this.#starts[index + 1] = end;
    this.#letters[index] = letters;
    this.#pairs[index] = pairs;
    this.#anyLetters |= letters;
    this.#anyPairs |= pairs;
    this.#length = index + 1;
  }

  /** Sets 1 at the number of each that holds the text. */
  find({ text, caseCounts, test }: TextQuestion, hits: Uint8Array): void {
    const wanted = toWanted(text, caseCounts);
    const beginning = caseCounts ? this.#beginning : this.#foldedBeginning;
    const isInAll = beginning.includes(wanted.text);
    const rests = isInAll
      ? []
      : restsAcross(beginning, wanted.text).map((rest) => toWanted(rest, caseCounts));
    const mayBeInside = this.#mayHold(wanted);
    if (!isInAll && !mayBeInside && rests.length === 0) return;
    for (let index = 0; index < this.#length; index++) {
      const isThere =
        isInAll ||
        (mayBeInside && this.#holds(index, wanted)) ||
        (rests.length > 0 && this.#beginsWith(index, rests));
      if (!isThere) continue;
      const number = this.#numbers[index] ?? 0;
      if (test === undefined || test(this.#foldedAt(index), number)) hits[number] = 1;
    }
  }

  #beginsWith(index: number, rests: readonly Wanted[]): boolean {
    for (const rest of rests) if (this.#isAt(this.#starts[index] ?? 0, index, rest)) return true;
    return false;
  }

  #makeRoom(texts: number, bytes: number): void {
    this.#numbers = grown(this.#numbers, texts);
    this.#starts = grown(this.#starts, texts + 1);
    this.#letters = grown(this.#letters, texts);
    this.#pairs = grown(this.#pairs, texts);
    this.#bytes = grown(this.#bytes, bytes);
    this.#upper = grown(this.#upper, (bytes >> 3) + 1);
  }

  #mayHold({ letters, pairs }: Wanted): boolean {
    return (this.#anyLetters & letters) === letters && (this.#anyPairs & pairs) === pairs;
  }

  #holds(index: number, wanted: Wanted): boolean {
    if (((this.#letters[index] ?? 0) & wanted.letters) !== wanted.letters) return false;
    if (((this.#pairs[index] ?? 0) & wanted.pairs) !== wanted.pairs) return false;
    const [first] = wanted.bytes;
    const bytes = this.#bytes;
    const last = (this.#starts[index + 1] ?? 0) - wanted.bytes.length;
    for (let at = this.#starts[index] ?? 0; at <= last; at++)
      if (bytes[at] === first && this.#isAt(at, index, wanted)) return true;
    return false;
  }

  #isAt(at: number, index: number, { bytes, upper }: Wanted): boolean {
    const { length } = bytes;
    if (at + length > (this.#starts[index + 1] ?? 0)) return false;
    for (let each = 0; each < length; each++) if (this.#bytes[at + each] !== bytes[each]) return false;
    return upper === undefined || upper.every((isUpper, each) => this.#isUpper(at + each) === isUpper);
  }

  #isUpper(at: number): boolean {
    return ((this.#upper[at >> 3] ?? 0) & (1 << (at & 7))) !== 0;
  }

  #foldedAt(index: number): string {
    const [start, end] = [this.#starts[index] ?? 0, this.#starts[index + 1] ?? 0];
    return this.#foldedBeginning + Buffer.from(this.#bytes.buffer, start, end - start).toString();
  }
}

/** What must follow the beginning, for the wanted text to stand across its end. */
function restsAcross(beginning: string, wanted: string): readonly string[] {
  const rests: string[] = [];
  for (let length = 1; length < wanted.length; length++)
    if (beginning.endsWith(wanted.slice(0, length))) rests.push(wanted.slice(length));
  return rests;
}

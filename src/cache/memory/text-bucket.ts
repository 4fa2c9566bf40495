import { Buffer } from 'node:buffer';
import type { Automaton } from './automaton.ts';
import type { Marks } from '../filter-node.ts';
import { grown } from './grown.ts';
import type { Shelf } from './shelf.ts';

/** Texts in a bucket: one that is full is never sorted again. */
const FULL = 4_096;
/** Fewer are not worth sorting; after that, whenever there are twice as many. */
const SORTED_FIRST = 1_024;
/** What one byte can say of a length; longer ones follow in four more. */
const LONG = 255;
const BYTE = 256;

export type TextTest = (text: string) => boolean;

/**
 * Texts that begin alike. Of the rest of each stands only what differs from the one before: how many bytes they share, how
 * many follow, and these. They are sorted, so most share nearly all, and a search looks at nothing twice.
 */
export class TextBucket {
  readonly #beginning: Uint8Array;
  readonly #shelf: Shelf;
  /** In the order of the texts. */
  #numbers: Uint32Array = new Uint32Array(0);
  #entries: Uint8Array = new Uint8Array(0);
  #length = 0;
  #end = 0;
  #sortAt = SORTED_FIRST;
  /** The rest of the latest text. */
  #latest = new Uint8Array(0);
  #latestLength = 0;
  /** Bytes of the longest rest. */
  #longest = 0;
  /** 1 for each byte that stands in one of the rests. */
  readonly #holds = new Uint8Array(BYTE);

  /** `shelf`: where a full one is kept. */
  constructor(beginning: Uint8Array, shelf: Shelf) {
    this.#beginning = beginning;
    this.#shelf = shelf;
  }

  get isFull(): boolean {
    return this.#length >= FULL;
  }

  /** The rest of a text: its bytes from `from` to `to`, without the beginning. */
  add(number: number, text: Uint8Array, from: number, to: number): void {
    this.#append(number, text, from, to);
    for (let at = from; at < to; at++) this.#holds[text[at] ?? 0] = 1;
    if (this.#length === this.#sortAt) this.#sort();
  }

  /** Marks the texts that hold what is looked for. `states` has room for one more than the longest has bytes. */
  mark(automaton: Automaton, marks: Marks, states: Uint32Array): void {
    const state = stateAfter(this.#beginning, automaton);
    if (state === automaton.found) this.#markAll(marks);
    else if (this.#mayHold(automaton, state)) {
      states[0] = state;
      this.#markSome(automaton, marks, states);
    }
  }

  /** Takes the mark from each text that has it and does not pass. */
  keep(test: TextTest, { bits, bit }: Marks): void {
    const isMarked = (number: number): boolean => ((bits[number] ?? 0) & bit) !== 0;
    if (!this.#numbers.subarray(0, this.#length).some(isMarked)) return;
    const beginning = Buffer.from(this.#beginning).toString();
    this.#read((rest, index) => {
      const number = this.#numbers[index] ?? 0;
      if (isMarked(number) && !test(beginning + rest.toString())) bits[number] = (bits[number] ?? 0) & ~bit;
    });
  }

  #markAll({ bits, bit }: Marks): void {
    for (let index = 0; index < this.#length; index++) {
      const number = this.#numbers[index] ?? 0;
      bits[number] = (bits[number] ?? 0) | bit;
    }
  }

  /** What is still missing after the beginning can only stand in the rests. */
  #mayHold({ wanted }: Automaton, state: number): boolean {
    for (let at = state; at < wanted.length; at++) {
      const byte = wanted[at] ?? 0;
      if (this.#holds[byte] !== 1 && this.#holds[upperOf(byte)] !== 1) return false;
    }
    return true;
  }

  #markSome({ next, found }: Automaton, { bits, bit }: Marks, states: Uint32Array): void {
    const [entries, numbers] = [this.#entries, this.#numbers];
    let at = 0;
    // Bytes of the rest after which it was found.
    let foundAt = Infinity;
    for (let index = 0; index < this.#length; index++) {
      const shared = entries[at++] ?? 0;
      let length = entries[at++] ?? 0;
      if (length === LONG) length = longLength(entries, (at += 4));
      const end = at + length;
      if (foundAt > shared) {
        foundAt = Infinity;
        let place = shared;
        let state = states[place] ?? 0;
        while (at < end) {
          state = next[(state << 8) | (entries[at++] ?? 0)] ?? 0;
          states[++place] = state;
          if (state === found) {
            foundAt = place;
            break;
          }
        }
      }
      at = end;
      if (foundAt !== Infinity) {
        const number = numbers[index] ?? 0;
        bits[number] = (bits[number] ?? 0) | bit;
      }
    }
  }

  #append(number: number, text: Uint8Array, from: number, to: number): void {
    const shared = this.#sharedWith(text, from, to);
    const length = to - from - shared;
    this.#numbers = grown(this.#numbers, this.#length + 1);
    this.#entries = grown(this.#entries, this.#end + length + 6);
    this.#latest = grown(this.#latest, to - from);
    this.#numbers[this.#length++] = number;
    this.#entries[this.#end++] = shared;
    this.#entries[this.#end++] = Math.min(length, LONG);
    if (length >= LONG) {
      for (let shift = 24; shift >= 0; shift -= 8) this.#entries[this.#end++] = length >> shift;
    }
    for (let at = from + shared; at < to; at++) {
      const byte = text[at] ?? 0;
      this.#entries[this.#end++] = byte;
      this.#latest[at - from] = byte;
    }
    this.#latestLength = to - from;
    this.#longest = Math.max(this.#longest, this.#latestLength);
  }

  #sharedWith(text: Uint8Array, from: number, to: number): number {
    const most = Math.min(to - from, this.#latestLength, LONG);
    let shared = 0;
    while (shared < most && this.#latest[shared] === text[from + shared]) shared += 1;
    return shared;
  }

  /** Hands over the rest of each text; its bytes are good until the next. */
  #read(visit: (rest: Buffer, index: number) => void): void {
    const entries = this.#entries;
    const current = Buffer.alloc(this.#longest);
    let at = 0;
    for (let index = 0; index < this.#length; index++) {
      const shared = entries[at++] ?? 0;
      let length = entries[at++] ?? 0;
      if (length === LONG) length = longLength(entries, (at += 4));
      for (let place = shared; place < shared + length; place++) current[place] = entries[at++] ?? 0;
      visit(current.subarray(0, shared + length), index);
    }
  }

  #sort(): void {
    const texts: { readonly rest: string; readonly number: number }[] = [];
    // A byte is a character here, so that they are compared as bytes.
    this.#read((rest, index) =>
      texts.push({ rest: rest.toString('latin1'), number: this.#numbers[index] ?? 0 }),
    );
    texts.sort((a, b) => (a.rest < b.rest ? -1 : a.rest > b.rest ? 1 : 0));
    this.#length = 0;
    this.#end = 0;
    this.#latestLength = 0;
    for (const { rest, number } of texts) {
      const bytes = Buffer.from(rest, 'latin1');
      this.#append(number, bytes, 0, bytes.length);
    }
    this.#sortAt *= 2;
    const entries = this.#entries.subarray(0, this.#end);
    this.#entries = this.isFull ? this.#shelf.keepBytes(entries) : entries.slice();
    if (this.isFull) this.#numbers = this.#shelf.keepNumbers(this.#numbers.subarray(0, this.#length));
  }
}

/** A length in the four bytes before `end`. */
function longLength(entries: Uint8Array, end: number): number {
  let length = 0;
  for (let at = end - 4; at < end; at++) length = length * BYTE + (entries[at] ?? 0);
  return length;
}

function stateAfter(text: Uint8Array, { next, found }: Automaton): number {
  let state = 0;
  for (const byte of text) {
    if (state === found) break;
    state = next[(state << 8) | byte] ?? 0;
  }
  return state;
}

const [LOWER_A, LOWER_Z] = [97, 122];
const TO_UPPER = 32;

const upperOf = (byte: number): number => (byte >= LOWER_A && byte <= LOWER_Z ? byte - TO_UPPER : byte);

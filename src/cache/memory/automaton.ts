import { Buffer } from 'node:buffer';

/**
 * Looks for one text byte by byte; the state is how much of it has just been passed (Knuth, Morris and Pratt). Texts that
 * begin alike are in the same state after their common beginning, so nothing of it need be looked at again.
 */
export interface Automaton {
  /** The state after a byte: `next[(state << 8) | byte]`. */
  readonly next: Uint32Array;
  /** The state in which all of the text has been passed. */
  readonly found: number;
  /** What is looked for; in lower case where case does not count. */
  readonly wanted: Uint8Array;
}

const [UPPER_A, UPPER_Z] = [65, 90];
const TO_LOWER = 32;
const BYTES = 256;

/** Where case does not count, ASCII letters match both ways; others must be in lower case where they are looked for. */
export function toAutomaton(text: string, caseCounts: boolean): Automaton {
  const wanted = Buffer.from(caseCounts ? text : text.toLowerCase());
  const found = wanted.length;
  const next = new Uint32Array(found * BYTES);
  // The state that the text without its first byte would have led to: what is left when a byte does not fit.
  let rest = 0;
  for (let state = 0; state < found; state++) {
    const byte = wanted[state] ?? 0;
    next.copyWithin(state * BYTES, rest * BYTES, (rest + 1) * BYTES);
    const fallback = next[rest * BYTES + byte] ?? 0;
    next[state * BYTES + byte] = state + 1;
    if (state > 0) rest = fallback;
  }
  if (!caseCounts) foldCase(next, found);
  return { next, found, wanted };
}

function foldCase(next: Uint32Array, states: number): void {
  for (let state = 0; state < states; state++)
    for (let upper = UPPER_A; upper <= UPPER_Z; upper++)
      next[state * BYTES + upper] = next[state * BYTES + upper + TO_LOWER] ?? 0;
}

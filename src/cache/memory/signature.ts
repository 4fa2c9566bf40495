/**
 * What a text may hold, in two numbers: a text can hold another one only if it has all of its bits. Most texts that do
 * not hold a word are told by this alone.
 */
export interface Signature {
  /** Which letters, and roughly which other bytes. */
  readonly letters: number;
  /** Roughly which two bytes stand side by side. */
  readonly pairs: number;
}

const A = 97;
const LETTERS = 26;
/** Bits that are left for all other bytes. */
const OTHERS = 6;

export const letterBit = (byte: number): number =>
  1 << (byte >= A && byte < A + LETTERS ? byte - A : LETTERS + (byte % OTHERS));

/** Shifts are by the lowest five bits. */
export const pairBit = (first: number, second: number): number => 1 << (first * 11 + second * 5);

export function toSignature(bytes: Uint8Array): Signature {
  let letters = 0;
  let pairs = 0;
  bytes.forEach((byte, at) => {
    letters |= letterBit(byte);
    if (at > 0) pairs |= pairBit(bytes[at - 1] ?? 0, byte);
  });
  return { letters, pairs };
}

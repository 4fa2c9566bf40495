import { mixAll } from './random.ts';

/**
 * Ids of plain findings: UUIDs that look random and can be read back, so that no table from id to index is needed.
 * The first group holds the index, masked; the other groups follow from seed, analyzer and index, and prove the id.
 */
const mask = (seed: number, analyzer: number): number => mixAll(seed, analyzer, 0x1d);

/** The index is spread over 32 bits by an odd factor, whose inverse modulo 2³² takes it back. */
const FACTOR = 0x9e3779b1;
const INVERSE = 0x0e8b2f51;

/** Two hexadecimal digits of every byte: ids are made by the hundred thousand. */
const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const half = (bits: number): string => `${BYTES[(bits >>> 8) & 255]}${BYTES[bits & 255]}`;
const whole = (bits: number): string => half(bits >>> 16) + half(bits);

/** Sets the version (4) and variant bits of RFC 9562 in the third and fourth group. */
const versioned = (bits: number): string => half((bits & 0x0fff) | 0x4000);
const varied = (bits: number): string => half((bits & 0x3fff) | 0x8000);

/** 0 ≤ analyzer, index < 2³². */
export function plainId(seed: number, analyzer: number, index: number): string {
  const a = mixAll(seed, analyzer, index, 1);
  const b = mixAll(seed, analyzer, index, 2);
  const head = whole(Math.imul(index, FACTOR) ^ mask(seed, analyzer));
  return `${head}-${half(a)}-${versioned(a >>> 16)}-${varied(b)}-${half(b >>> 16)}${whole(a ^ b)}`;
}

/** The inverse; undefined for an id that `plainId` never gave for this seed and analyzer. */
export function indexOfPlainId(seed: number, analyzer: number, id: string): number | undefined {
  const head = /^([0-9a-f]{8})-/.exec(id)?.[1];
  if (head === undefined) return undefined;
  const index = Math.imul(Number.parseInt(head, 16) ^ mask(seed, analyzer), INVERSE) >>> 0;
  return plainId(seed, analyzer, index) === id ? index : undefined;
}

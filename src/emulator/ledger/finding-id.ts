import { hash } from 'node:crypto';

/** A UUID (version 4 in form) that follows from what it names, so that a seed always gives the same ids. */
export function uuidOf(name: string): string {
  const hex = hash('sha256', name, 'hex');
  const variant = ((parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(18, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** `seed`: the world's and the analyzer's part of it. */
export const findingId = (seed: readonly unknown[], key: string): string =>
  uuidOf(JSON.stringify([...seed, key]));

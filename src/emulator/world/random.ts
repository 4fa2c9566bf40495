/** A seeded generator: the same seed gives the same sequence on every machine. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  /** A whole number, from ≤ n ≤ to. */
  between(from: number, to: number): number;
  pick<T>(among: readonly [T, ...T[]]): T;
  chance(probability: number): boolean;
}

/** 32 bits in, 32 well mixed bits out (the finalizer of MurmurHash3): for values by index, without a sequence. */
export function mix(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Several numbers to one, order kept. */
export function mixAll(...values: readonly number[]): number {
  let mixed = 0;
  for (const value of values) mixed = mix(Math.imul(mixed, 31) + value + 0x9e3779b9);
  return mixed;
}

/** A Weyl sequence through `mix`: small, and good enough for names and dates. */
export function createRandom(seed: number): Random {
  let state = mix(seed);
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    return mix(state) / 2 ** 32;
  };
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between,
    pick: (among) => among[between(0, among.length - 1)] ?? among[0],
    chance: (probability) => next() < probability,
  };
}

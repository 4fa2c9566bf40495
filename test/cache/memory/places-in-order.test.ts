import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placesInOrder } from '../../../src/cache/memory/places-in-order.ts';

const MANY = 30_000;

/** Times as they come: spread out, all in a few moments, all at once, and all at once but for one. */
const TIMES: Readonly<Record<string, (place: number) => number>> = {
  'spread out': (place) => 1_700_000_000_000 + ((place * 7919) % MANY) * 86_400,
  'in a few moments': (place) => (place % 3) * 1e12,
  'at once': () => 5,
  'at once but for one': (place) => (place === 17 ? -1e15 : 5),
};

for (const [name, timeOf] of Object.entries(TIMES)) {
  test(`part of many places is what sorting them all would put there: times ${name}`, () => {
    const places = Uint32Array.from({ length: MANY }, (_, at) => 3 * at);
    const compare = (one: number, other: number): number => timeOf(one) - timeOf(other) || other - one;
    const sorted = places.slice().sort(compare);
    for (const [from, to] of [
      [0, 50],
      [1, 2],
      [MANY / 2, MANY / 2 + 100],
      [MANY - 10, MANY],
      [0, MANY],
      [MANY - 5, MANY + 5],
      [7, 7],
    ] as const)
      assert.deepEqual(placesInOrder(places, { timeOf, compare }, from, to), sorted.subarray(from, to));
    assert.deepEqual(placesInOrder(new Uint32Array(0), { timeOf, compare }, 0, 5), new Uint32Array(0));
  });
}

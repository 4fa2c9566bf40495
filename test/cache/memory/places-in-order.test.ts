import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Order, placesInOrder } from '../../../src/cache/memory/places-in-order.ts';
import { Times } from '../../../src/cache/memory/times.ts';

const MANY = 30_000;
const DAY = 86_400_000;

/** Times as they come: spread out, all in a few moments, all at once, and all at once but for one. */
const TIMES: Readonly<Record<string, (place: number) => number>> = {
  'spread out': (place) => 1_700_000_000_000 + ((place * 7919) % MANY) * DAY,
  'in a few moments': (place) => (place % 7) * 1e12,
  'at once': () => 5,
  'at once but for one': (place) => (place === 18 ? 0 : 1e14),
};

function orderOf(timeOf: (place: number) => number, direction: 1 | -1): Order {
  const times = new Times();
  times.makeRoom(3 * MANY);
  for (let place = 0; place < 3 * MANY; place++) times.set(place, timeOf(place));
  const compare = (one: number, other: number): number =>
    direction * (timeOf(one) - timeOf(other)) || other - one;
  return { times, direction, compare };
}

for (const [name, timeOf] of Object.entries(TIMES)) {
  for (const direction of [1, -1] as const) {
    test(`part of many places is what sorting them all would put there: ${name}, ${direction}`, () => {
      const order = orderOf(timeOf, direction);
      const places = Uint32Array.from({ length: MANY }, (_, at) => 3 * at);
      const sorted = places.slice().sort((one, other) => order.compare(one, other));
      for (const [from, to] of [
        [0, 50],
        [1, 2],
        [MANY / 2, MANY / 2 + 100],
        [MANY - 10, MANY],
        [0, MANY],
        [MANY - 5, MANY + 5],
        [7, 7],
      ] as const)
        assert.deepEqual(placesInOrder(places, order, from, to), sorted.subarray(from, to));
      assert.deepEqual(placesInOrder(new Uint32Array(0), order, 0, 5), new Uint32Array(0));
    });
  }
}

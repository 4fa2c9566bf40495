import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OrderedPlaces } from '../../../src/cache/memory/ordered-places.ts';
import { Times } from '../../../src/cache/memory/times.ts';

const MANY = 30_000;
const HOUR = 3_600_000;
const NEAR = 1_700_000_000_000;

/** Times as they come: spread out, all in a few moments, all at once, and all at once but for one. */
const TIMES: Readonly<Record<string, (place: number) => number>> = {
  'spread out': (place) => NEAR + ((place * 7919) % MANY) * HOUR,
  'in a few moments': (place) => NEAR + (place % 7) * 1e11,
  'at once': () => NEAR,
  'at once but for one': (place) => (place === 18 ? 0 : NEAR),
};

const PARTS = [
  [0, 50],
  [1, 2],
  [MANY / 2, MANY / 2 + 100],
  [MANY - 10, MANY],
  [MANY - 5, MANY + 5],
  [7, 7],
  [0, MANY],
] as const;

/** Of all, of some here and there, of a few close together, of none. */
const WANTED: readonly ((place: number) => boolean)[] = [
  () => true,
  (place) => place % 7 === 0,
  (place) => place >= 3_000 && place < 3_900,
  () => false,
];

for (const [name, timeOf] of Object.entries(TIMES)) {
  test(`part of the wanted places is what sorting them all would put there: ${name}`, () => {
    const times = new Times();
    times.makeRoom(3 * MANY);
    for (let place = 0; place < 3 * MANY; place++) times.set(place, timeOf(place));
    const cohortOf = (place: number): number => (place * 31) % 11;
    const given = Array.from({ length: MANY }, (_, at) => 3 * at);
    const sorted = given
      .slice()
      .sort((one, other) => timeOf(one) - timeOf(other) || cohortOf(one) - cohortOf(other));
    const places = new OrderedPlaces(Uint32Array.from(given), { times, cohortOf });
    for (const has of WANTED) {
      const wanted = sorted.filter(has);
      assert.equal(places.count({ has }), wanted.length);
      for (const [from, to] of PARTS)
        assert.deepEqual(places.pick({ has }, from, to), wanted.slice(from, to), `${from} to ${to}`);
      for (const at of [0, 1, 17, wanted.length >> 1, wanted.length - 1]) {
        const place = wanted[at];
        if (place !== undefined) assert.equal(places.countBefore({ has }, place), at);
      }
    }
    assert.deepEqual(
      new OrderedPlaces(new Uint32Array(0), { times, cohortOf }).pick({ has: () => true }, 0, 5),
      [],
    );
  });
}

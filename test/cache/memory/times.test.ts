import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SLOTS, Times } from '../../../src/cache/memory/times.ts';

const START = 340 * 2 ** 32;
const LAST = START + 2 ** 40 - 1;

test('a time is kept to the millisecond; what is before the first is no time, and what is after the last is the last', () => {
  const times = new Times();
  const given = [
    1_780_018_785_017,
    START + 1,
    LAST,
    START + 2 ** 32 - 1,
    START + 2 ** 32,
    0,
    -5,
    START,
    Infinity,
  ];
  times.makeRoom(given.length);
  given.forEach((time, place) => times.set(place, time));
  assert.deepEqual(
    given.map((_, place) => times.at(place)),
    [...given.slice(0, 5), 0, 0, 0, LAST],
  );
});

const MINUTE = 2 ** 16;
const NEAR = 1_700_000_000_000;
/** Far apart, within a minute, and at both ends of one. */
const MANY = [
  0,
  START + 1,
  START + 2,
  NEAR,
  NEAR + 1,
  NEAR + MINUTE,
  Math.floor(NEAR / MINUTE) * MINUTE,
  Math.floor(NEAR / MINUTE) * MINUTE - 1,
  NEAR + 86_400_000 * 400,
  START + 2 ** 39,
  LAST,
];

function timesOf(given: readonly number[]): Times {
  const times = new Times();
  times.makeRoom(given.length);
  given.forEach((time, place) => times.set(place, time));
  return times;
}

test('a range has the times from its first millisecond up to its last, and leaves other marks alone', () => {
  const times = timesOf(MANY);
  for (const from of [undefined, -1, 1, START, ...MANY, Infinity]) {
    for (const until of [undefined, -1, 1, START, ...MANY, Infinity]) {
      const bits = new Uint8Array(MANY.length).fill(1);
      times.mark({ from, until }, { bits, bit: 2 });
      const isIn = (time: number) => time >= (from ?? 0) && time < (until ?? Infinity);
      assert.deepEqual(
        [...bits],
        MANY.map((time) => (isIn(time) ? 3 : 1)),
        `${from} until ${until}`,
      );
    }
  }
});

test('slots rise with the times, and are none where all are of one minute', () => {
  const times = timesOf(MANY);
  const places = Uint32Array.from(MANY.keys());
  const slots = times.slotsOf(places);
  assert.ok(slots !== undefined);
  assert.ok(slots.every((slot) => slot < SLOTS));
  for (const one of places)
    for (const other of places)
      assert.ok(times.at(one) > times.at(other) || (slots[one] ?? 0) <= (slots[other] ?? 0));
  assert.ok(new Set(slots).size > 2);
  assert.equal(times.slotsOf(Uint32Array.of(1, 2)), undefined);
  assert.equal(times.slotsOf(new Uint32Array(0)), undefined);
});

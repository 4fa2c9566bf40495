import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Times } from '../../../src/cache/memory/times.ts';

test('a time is kept to the millisecond, and one that no calendar here has is the nearest that it has', () => {
  const times = new Times();
  times.makeRoom(6);
  const given = [0, 1_780_018_785_017, 2 ** 32 - 1, 2 ** 32, Infinity, -5];
  given.forEach((time, place) => times.set(place, time));
  assert.deepEqual(
    given.map((_, place) => times.at(place)),
    [0, 1_780_018_785_017, 2 ** 32 - 1, 2 ** 32, 2 ** 48 - 1, 0],
  );
});

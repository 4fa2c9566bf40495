import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom, mixAll } from '../../../src/emulator/world/random.ts';

test('the same seed gives the same sequence, another seed another one', () => {
  const take = (seed: number): readonly number[] => {
    const random = createRandom(seed);
    return Array.from({ length: 20 }, () => random.between(0, 1_000_000));
  };
  assert.deepEqual(take(1), take(1));
  assert.notDeepEqual(take(1), take(2));
});

test('numbers stay within their bounds and reach both of them', () => {
  const random = createRandom(3);
  const drawn = new Set(Array.from({ length: 500 }, () => random.between(-2, 2)));
  assert.deepEqual(
    [...drawn].sort((a, b) => a - b),
    [-2, -1, 0, 1, 2],
  );
});

test('mixing several numbers depends on each of them and on their order', () => {
  assert.notEqual(mixAll(1, 2, 3), mixAll(1, 3, 2));
  assert.notEqual(mixAll(1, 2, 3), mixAll(1, 2, 4));
  assert.equal(mixAll(1, 2, 3), mixAll(1, 2, 3));
});

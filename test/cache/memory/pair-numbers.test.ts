import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PairNumbers } from '../../../src/cache/memory/pair-numbers.ts';

test('each pair has its own number, in the order in which they came, and keeps it when room was made for more', () => {
  const numbers = new PairNumbers();
  const pairs = Array.from({ length: 5_000 }, (_, at) => [at % 71, Math.floor(at / 71) * 1_000_003] as const);
  for (const [number, [first, second]] of pairs.entries())
    assert.equal(numbers.numberOf(first, second), number);
  for (const [number, [first, second]] of pairs.entries()) {
    assert.equal(numbers.numberOf(first, second), number);
    assert.deepEqual([numbers.firsts[number], numbers.seconds[number]], [first, second]);
  }
  assert.equal(numbers.length, pairs.length);
});

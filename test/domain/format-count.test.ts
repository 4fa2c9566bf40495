import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import './fixed-seed.ts';
import { formatCount, formatNumber } from '../../src/domain/format-count.ts';

test('a number is grouped as English does it', () => {
  fc.assert(fc.property(fc.nat(), (count) => assert.equal(formatNumber(count), count.toLocaleString('en'))));
});

test('a number agrees with its noun', () => {
  assert.equal(formatCount(1, 'entry', 'entries'), '1 entry');
  assert.equal(formatCount(1204, 'finding'), '1,204 findings');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import './fixed-seed.ts';
import { nearest } from '../../src/domain/nearest.ts';

const keys = ['status', 'type', 'region', 'resource', 'account'];

test('swapped, missing, doubled and wrong letters are forgiven', () => {
  for (const word of ['stauts', 'statu', 'statuss', 'ststus', 'STATUS', 'sta']) {
    assert.equal(nearest(word, keys), 'status', word);
  }
});

test('what is not near is not suggested', () => {
  for (const word of ['', 'x', 'photos', 'aws', 's'.repeat(10_000)])
    assert.equal(nearest(word, keys), undefined, word);
});

test('the nearest of several, the first on a tie', () => {
  assert.equal(nearest('unused-perm', ['unused-key', 'unused-perms']), 'unused-perms');
  assert.equal(nearest('cat', ['bat', 'rat']), 'bat');
});

test('what is there is its own nearest, and the answer is always a candidate', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.array(fc.string({ maxLength: 20 })), (word, among) => {
      const found = nearest(word, among);
      if (found !== undefined) assert.ok(among.includes(found));
      if (word.length > 1 && word.length <= 20 && among.includes(word)) {
        assert.equal(found?.toLowerCase().startsWith(word.toLowerCase()), true);
      }
    }),
  );
});

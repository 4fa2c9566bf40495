import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzyMatch } from '../../../src/app/selectors/palette.ts';

test('letters in order match, others do not', () => {
  assert.deepEqual(fuzzyMatch('Archive', 'arc')?.matches, [0, 1, 2]);
  assert.deepEqual(fuzzyMatch('Sync everything anew', 'sea')?.matches, [0, 5, 16]);
  assert.equal(fuzzyMatch('Archive', 'zz'), undefined);
});

test('what stands together at the start of a word wins', () => {
  const score = (text: string, typed: string): number => fuzzyMatch(text, typed)?.score ?? -Infinity;
  assert.ok(score('Sort', 'so') > score('Show Journal', 'so'));
  assert.ok(score('Undo the last change', 'undo') > score('Mark or unmark, and do', 'undo'));
  assert.ok(score('Theme', 't') > score('Sort', 't'));
});

test('nothing typed matches everything', () => {
  assert.deepEqual(fuzzyMatch('Archive', '')?.matches, []);
});

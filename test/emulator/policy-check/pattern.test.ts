import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../../domain/fixed-seed.ts';
import { includesPattern, overlapsPattern, sampleOf } from '../../../src/emulator/policy-check/pattern.ts';
import { matchesWildcard } from '../../../src/emulator/world/wildcard.ts';

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
/** Every text of up to five letters, over an alphabet with one letter that no pattern names. */
const TEXTS = (() => {
  const texts = [''];
  for (let at = 0; at < texts.length; at += 1) {
    const text = texts[at] ?? '';
    if (text.length < 5) for (const letter of 'abz') texts.push(text + letter);
  }
  return texts;
})();

test('What a pattern includes, it matches', () => {
  fc.assert(
    fc.property(pattern, pattern, (outer, inner) => {
      if (!includesPattern(outer, inner)) return;
      for (const text of TEXTS)
        if (matchesWildcard(inner, text)) assert.ok(matchesWildcard(outer, text), text);
    }),
  );
});

test('Patterns overlap exactly when some text is matched by both', () => {
  fc.assert(
    fc.property(pattern, pattern, (a, b) => {
      const common = TEXTS.some((text) => matchesWildcard(a, text) && matchesWildcard(b, text));
      if (common) assert.ok(overlapsPattern(a, b));
      // The shortest common text is no longer than both patterns' letters together.
      else if (a.length + b.length <= 5) assert.equal(overlapsPattern(a, b), false);
      assert.equal(overlapsPattern(a, b), overlapsPattern(b, a));
    }),
  );
});

test('A sample is matched by its pattern', () => {
  fc.assert(fc.property(pattern, (each) => assert.ok(matchesWildcard(each, sampleOf(each)))));
});

test('Actions and ARNs as they occur', () => {
  assert.ok(includesPattern('s3:*', 's3:Get*'));
  assert.ok(includesPattern('*', '?*'));
  assert.ok(!includesPattern('s3:Get*', 's3:*'));
  assert.ok(!includesPattern('a?', 'a*'));
  assert.ok(overlapsPattern('arn:aws:s3:::logs-*', 'arn:aws:s3:::*-prod'));
  assert.ok(!overlapsPattern('arn:aws:s3:::logs/*', 'arn:aws:s3:::data/*'));
});

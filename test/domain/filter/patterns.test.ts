import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../fixed-seed.ts';
import {
  anywhere,
  isLiteral,
  matchesFromBoundary,
  matchesPattern,
  toPattern,
} from '../../../src/domain/filter/patterns.ts';

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

test('matching is what the regular expression would do', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '/'), maxLength: 8 });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), text, (parts, value) => {
      const expected = new RegExp(`^${parts.map(escapeRegExp).join('.*')}$`, 'is').test(value);
      assert.equal(matchesPattern({ parts }, value), expected);
      const inside = new RegExp(parts.map(escapeRegExp).join('.*'), 'is').test(value);
      assert.equal(matchesPattern(anywhere({ parts }), value), inside);
    }),
    { numRuns: 2000 },
  );
});

test('a long run of wildcards stays linear', () => {
  const pattern = toPattern('*a'.repeat(500) + '*b');
  assert.equal(matchesPattern(pattern, 'a'.repeat(100_000)), false);
});

test('the parts of a pattern do not overlap', () => {
  assert.equal(matchesPattern(toPattern('ab*ba'), 'aba'), false);
  assert.equal(matchesPattern(toPattern('ab*ba'), 'abba'), true);
});

test('a literal has no wildcard', () => {
  assert.equal(isLiteral(toPattern('abc')), true);
  assert.equal(isLiteral(toPattern('abc*')), false);
  assert.deepEqual(toPattern('a***b'), toPattern('a*b'));
});

test('from a boundary on, the end of a value is enough', () => {
  const arn = 'arn:aws:iam::111122223333:role/partner/deploy';
  for (const text of [arn, 'deploy', 'partner/deploy', 'role/*', 'DEPL*', '111122223333:role*', '*part*']) {
    assert.equal(matchesFromBoundary(toPattern(text), arn), true, text);
  }
  for (const text of ['eploy', 'partner', 'artner/*']) {
    assert.equal(matchesFromBoundary(toPattern(text), arn), false, text);
  }
  assert.equal(matchesFromBoundary(toPattern('GetObject'), 's3:GetObject'), true);
});

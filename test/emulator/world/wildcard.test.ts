import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../../domain/fixed-seed.ts';
import { matchesAction, matchesWildcard } from '../../../src/emulator/world/wildcard.ts';

test('a star takes any text, a question mark one letter, the rest is literal', () => {
  assert.equal(matchesWildcard('s3:Get*', 's3:GetObject'), true);
  assert.equal(matchesWildcard('arn:aws:s3:::logs-?', 'arn:aws:s3:::logs-1'), true);
  assert.equal(matchesWildcard('arn:aws:s3:::logs-?', 'arn:aws:s3:::logs-12'), false);
  assert.equal(matchesWildcard('a.c', 'abc'), false);
  assert.equal(matchesWildcard('*a*b', 'xxaxxbxxab'), true);
});

test('action names are matched without regard to case', () => {
  assert.equal(matchesAction('S3:getobject', 's3:GetObject'), true);
});

test('the walk equals the regular expression that means the same', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
  const texts = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
  fc.assert(
    fc.property(letters, texts, (pattern, text) => {
      const reference = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
      assert.equal(matchesWildcard(pattern, text), reference.test(text));
    }),
  );
});

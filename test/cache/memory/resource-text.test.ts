/** Resources in memory against looking at each of them: whatever they hold, and whatever is looked for. */
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import fc from 'fast-check';
import '../../domain/fixed-seed.ts';
import { ResourceText } from '../../../src/cache/memory/resource-text.ts';
import { matchesCriteria, type CriteriaFacts } from '../../../src/domain/criteria.ts';
import {
  anywhere,
  matchesFromBoundary,
  matchesPattern,
  toPattern,
} from '../../../src/domain/filter/patterns.ts';
import type { Pattern } from '../../../src/domain/filter/ast.ts';
import type { Criterion } from '../../../src/domain/archive-rule.ts';

function resourcesOf(texts: readonly string[]): ResourceText {
  const resources = new ResourceText();
  for (const text of texts) {
    // Somewhere in a larger text, as they are read.
    const bytes = Buffer.from(`<${text}>`);
    resources.add(bytes, 1, bytes.length - 1);
  }
  return resources;
}

const count = (hits: Uint8Array): number => hits.reduce((sum, hit) => sum + hit, 0);
function found(resources: ResourceText, how: 'holding' | 'matching', pattern: Pattern): Uint8Array {
  // What another search has said stays.
  const bits = new Uint8Array(resources.length).fill(4);
  resources[how](pattern, { bits, bit: 2 });
  assert.ok(bits.every((each) => (each & 5) === 4));
  return bits.map((each) => (each & 2) >> 1);
}

const placesOf = (hits: Uint8Array): number[] => Array.from(hits.keys()).filter((at) => hits[at] === 1);

test('every one of many resources that begin alike is found, however often they were sorted', () => {
  const many = 30_000;
  // In an order that is none: 7919 and the number have no common factor.
  const texts = Array.from({ length: many }, (_, at) => `arn:aws:s3:::Data-${(at * 7919) % many}`);
  const resources = resourcesOf(texts);
  assert.equal(count(resources.hits({ contains: ['Data-'] })), many);
  assert.equal(count(resources.hits({ contains: ['data-'] })), 0);
  assert.equal(count(found(resources, 'matching', { parts: ['', 'data-', ''] })), many);
  for (const part of ['a-2999', '99', '3', 'ta-1234'])
    assert.deepEqual(
      placesOf(found(resources, 'holding', toPattern(part))),
      Array.from(texts.keys()).filter((at) => texts[at]?.toLowerCase().includes(part)),
    );
  assert.deepEqual(placesOf(resources.hits({ eq: ['arn:aws:s3:::Data-77'] })), [
    texts.indexOf('arn:aws:s3:::Data-77'),
  ]);
});

test('texts longer than any name are told apart to their last byte, and so are questions', () => {
  const long = 'ab'.repeat(40_000);
  const texts = [`arn:aws:s3:::${long}`, `arn:aws:s3:::${long}c`, `arn:aws:s3:::${'ab'.repeat(120)}d`, 'x'];
  const resources = resourcesOf(texts);
  assert.deepEqual(placesOf(found(resources, 'holding', toPattern(`${long}C`))), [1]);
  assert.deepEqual(placesOf(found(resources, 'holding', toPattern(`${long}d`))), []);
  assert.deepEqual(placesOf(found(resources, 'holding', toPattern('abd'))), [2]);
  assert.deepEqual(placesOf(found(resources, 'holding', toPattern('b'))), [0, 1, 2]);
  assert.deepEqual(placesOf(found(resources, 'holding', toPattern('x'.repeat(200_000)))), []);
});

/** Few letters, so that they repeat and overlap; some beyond ASCII, in both cases. */
const arbitraryText = fc.string({
  unit: fc.constantFrom('a', 'A', 'b', 'Ä', 'ä', '/', ':', '-', '𝄞'),
  maxLength: 9,
});
const arbitraryResource = fc
  .tuple(fc.constantFrom('', 'arn:aws:s3:::', 'arn:aws:iam::1:role/', 'arn:aws:iam::1:ROLE/'), arbitraryText)
  .map((parts) => parts.join(''));

test('finds what looking at each of them finds', () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryResource, { maxLength: 40 }),
      fc.string({
        unit: fc.constantFrom('a', 'A', 'b', 'ä', 'Ä', '/', ':', '-', '*', 'r', '𝄞'),
        minLength: 1,
        maxLength: 5,
      }),
      (texts, typed) => {
        const resources = resourcesOf(texts);
        const expected = (test: (text: string) => boolean): number[] =>
          Array.from(texts.keys()).filter((at) => test(texts[at] ?? ''));
        const pattern = toPattern(typed);
        assert.deepEqual(
          placesOf(found(resources, 'holding', pattern)),
          expected((text) => matchesPattern(anywhere(pattern), text)),
        );
        assert.deepEqual(
          placesOf(found(resources, 'matching', pattern)),
          expected((text) => matchesFromBoundary(pattern, text)),
        );
        const [own = typed] = texts;
        const criteria: readonly Criterion[] = [
          { contains: [typed] },
          { contains: [typed, 'b'] },
          { eq: [own, typed] },
          { neq: [own], contains: ['a'] },
        ];
        for (const criterion of criteria)
          assert.deepEqual(
            placesOf(resources.hits(criterion)),
            expected((resource) => matchesCriteria({ resource: criterion }, { resource } as CriteriaFacts)),
          );
      },
    ),
    { numRuns: 500 },
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toIso } from '../../src/domain/finding-json.ts';
import './fixed-seed.ts';

test('a time as text is what Date says of it, whatever times were made before', () => {
  // Times that share a slot, and times that come again.
  const close = fc.integer({ min: -3, max: 3 }).map((step) => 1_795_326_481_885 + step * 4_099);
  const any = fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 });
  fc.assert(
    fc.property(fc.array(fc.oneof(close, any), { minLength: 1 }), (times) => {
      for (const time of times) assert.equal(toIso(time), new Date(time).toISOString());
    }),
    { numRuns: 300 },
  );
});

test('what is no time is refused, as Date does', () => {
  assert.throws(() => toIso(Number.NaN), RangeError);
});

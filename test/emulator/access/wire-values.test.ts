import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../../domain/fixed-seed.ts';
import { iso, present } from '../../../src/emulator/access/wire-values.ts';

test('Times are written as Date writes them', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), (at) => {
      assert.equal(iso(at), new Date(at).toISOString());
    }),
  );
  assert.equal(iso(undefined), undefined);
});

test('What has no value is left out, what is false or empty stays', () => {
  assert.deepEqual(present({ a: undefined, b: false, c: '', d: 0, e: [] }), { b: false, c: '', d: 0, e: [] });
});

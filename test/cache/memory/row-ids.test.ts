import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../../domain/fixed-seed.ts';
import { RowIds } from '../../../src/cache/memory/row-ids.ts';

test('rows with gaps are named by their places and found again; what lies in a gap is not', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 50 }), (ids) => {
      const rising = ids.toSorted((a, b) => a - b);
      const rows = new RowIds();
      for (const id of rising) rows.push(id);
      assert.equal(rows.length, rising.length);
      assert.equal(rows.last, rising.at(-1) ?? 0);
      assert.deepEqual(
        rising.map((_, place) => rows.at(place)),
        rising,
      );
      for (let id = 0; id <= 61; id++) {
        const place = rising.indexOf(id);
        assert.equal(rows.placeOf(id), place < 0 ? undefined : place);
      }
    }),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../fixed-seed.ts';
import { formatFilter, formatValue } from '../../../src/domain/filter/format.ts';
import { parseFilter } from '../../../src/domain/filter/parse.ts';
import { anyExpr, bare } from './arbitraries.ts';

test('a formatted filter is read back as the same tree', () => {
  fc.assert(
    fc.property(anyExpr, (expr) => {
      const text = formatFilter(expr);
      const result = parseFilter(text);
      assert.ok(result.ok, `${text}: ${result.ok ? '' : result.problem.message}`);
      assert.deepEqual(bare(result.expr), bare(expr), text);
    }),
    { numRuns: 1000 },
  );
});

test('formatting again changes nothing', () => {
  fc.assert(
    fc.property(anyExpr, (expr) => {
      const text = formatFilter(expr);
      const result = parseFilter(text);
      assert.equal(result.ok && formatFilter(result.expr), text);
    }),
  );
});

test('nothing is quoted that need not be', () => {
  for (const text of [
    "o'neil",
    'resource:a*b',
    'action:s3:GetObject',
    'arn:aws:s3:::x',
    'a or b c',
    '-(a or b)',
  ]) {
    const result = parseFilter(text);
    assert.equal(result.ok && formatFilter(result.expr), text);
  }
});

test('a value from the store is read back as itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (value) => {
      const result = parseFilter(`resource:${formatValue(value)}`);
      assert.ok(result.ok);
      assert.ok(result.expr.kind === 'match');
      assert.deepEqual(result.expr.values, [{ parts: [value] }]);
    }),
  );
});

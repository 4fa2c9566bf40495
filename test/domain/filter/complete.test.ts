import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../fixed-seed.ts';
import { FILTER_KEYS } from '../../../src/domain/filter/ast.ts';
import { completionAt, FILTER_KEY_HELP } from '../../../src/domain/filter/complete.ts';
import { formatValue } from '../../../src/domain/filter/format.ts';
import { parseFilter } from '../../../src/domain/filter/parse.ts';

/** The cursor is where the | stands. */
const at = (marked: string) => completionAt(marked.replace('|', ''), marked.indexOf('|'));

test('a key is completed at the start of a word, behind a minus or a parenthesis', () => {
  assert.deepEqual(at('|'), { from: 0, to: 0, prefix: '', kind: 'key' });
  assert.deepEqual(at('sta|'), { from: 0, to: 3, prefix: 'sta', kind: 'key' });
  assert.deepEqual(at('a -re|'), { from: 3, to: 5, prefix: 're', kind: 'key' });
  assert.deepEqual(at('(re|'), { from: 1, to: 3, prefix: 're', kind: 'key' });
  assert.deepEqual(at('a |'), { from: 2, to: 2, prefix: '', kind: 'key' });
});

test('a key that has its colon is replaced with it', () => {
  assert.deepEqual(at('st|atus:active'), { from: 0, to: 7, prefix: 'st', kind: 'key' });
});

test('a value is the one between commas, without its quotes', () => {
  assert.deepEqual(at('status:|'), { from: 7, to: 7, prefix: '', kind: 'value', key: 'status' });
  assert.deepEqual(at('Status:|a'), { from: 7, to: 8, prefix: '', kind: 'value', key: 'status' });
  assert.deepEqual(at('photos region:|'), { from: 14, to: 14, prefix: '', kind: 'value', key: 'region' });
  assert.deepEqual(at('region:|eu-*,us-'), { from: 7, to: 11, prefix: '', kind: 'value', key: 'region' });
  assert.deepEqual(at('region:eu-*,us-|'), { from: 12, to: 15, prefix: 'us-', kind: 'value', key: 'region' });
  assert.deepEqual(at('region:e|u-*,us'), { from: 7, to: 11, prefix: 'e', kind: 'value', key: 'region' });
  assert.deepEqual(at('resource:"my th|'), {
    from: 9,
    to: 15,
    prefix: 'my th',
    kind: 'value',
    key: 'resource',
  });
  assert.deepEqual(at('age:>3|'), { from: 4, to: 6, prefix: '>3', kind: 'value', key: 'age' });
});

test('what is replaced always lies around the cursor', () => {
  const text = fc.string({ unit: fc.constantFrom(...`ab:,-()"'\\* s`, 'status:'), maxLength: 30 });
  fc.assert(
    fc.property(text, fc.nat({ max: 40 }), (filter, position) => {
      const cursor = Math.min(position, filter.length);
      const { from, to } = completionAt(filter, cursor);
      assert.ok(
        0 <= from && from <= cursor && cursor <= to && to <= filter.length,
        `${from} ${cursor} ${to}`,
      );
    }),
    { numRuns: 1000 },
  );
});

test('every key has help whose example and values are right', () => {
  assert.deepEqual(Object.keys(FILTER_KEY_HELP).sort(), [...FILTER_KEYS].sort());
  for (const key of FILTER_KEYS) {
    const { example, values = [] } = FILTER_KEY_HELP[key];
    for (const text of [example, ...values.map((value) => `${key}:${value}`)]) {
      assert.ok(parseFilter(text).ok, text);
    }
    assert.ok(example.startsWith(`${key}:`));
  }
  assert.equal(formatValue('two words'), '"two words"');
});

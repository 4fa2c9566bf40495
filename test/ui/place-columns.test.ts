import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GUTTER, placeColumns, placeListColumns } from '../../src/ui/findings/place-columns.ts';
import { parseFilter } from '../../src/domain/filter/parse.ts';

const ids = (width: number): readonly string[] => placeColumns(width, undefined, false).map(({ id }) => id);

test('the last columns fold away as it gets narrower', () => {
  const first = ['risk', 'finding', 'resource', 'who'];
  assert.deepEqual(ids(60), first);
  assert.deepEqual(ids(80), [...first, 'age']);
  assert.deepEqual(ids(100), [...first, 'region', 'age']);
  assert.deepEqual(ids(120), [...first, 'account', 'region', 'age']);
});

test('at every width the columns fill the line exactly', () => {
  for (let width = 60; width <= 240; width++) {
    const columns = placeColumns(width, undefined, width % 2 === 0);
    const used = GUTTER + columns.reduce((sum, column) => sum + column.width, 0) + 2 * (columns.length - 1);
    assert.equal(used, width);
    for (const { id, width: own } of columns) assert.ok(own >= 4, `${id} at ${width}`);
  }
});

test('the status has a column only where it can differ', () => {
  const shows = (text: string): boolean => {
    const parsed = parseFilter(text);
    assert.ok(parsed.ok);
    return placeListColumns(120, undefined, parsed.expr).some(({ id }) => id === 'status');
  };
  assert.equal(shows('status:active'), false);
  assert.equal(shows('status:archived region:eu-*'), false);
  assert.equal(shows('status:active,archived'), true);
  assert.equal(shows('status:active or public:yes'), true);
  assert.equal(shows(''), true);
});

test('columns that a view chose are kept in their order, and folded like the rest', () => {
  assert.deepEqual(
    placeColumns(120, ['resource', 'age'], true).map(({ id }) => id),
    ['resource', 'age'],
  );
});

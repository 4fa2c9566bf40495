import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typesAskedInDetail } from '../../../src/domain/filter/detail-types.ts';
import { parseFilter } from '../../../src/domain/filter/parse.ts';

const asked = (text: string): readonly string[] => {
  const filter = parseFilter(text);
  assert.ok(filter.ok, text);
  return typesAskedInDetail(filter.expr).toSorted();
};

test('only details tell who has access within, and when what is unused was used', () => {
  assert.deepEqual(asked('status:active s3'), []);
  assert.deepEqual(asked('principal:444455556666 or action:kms:*'), ['InternalAccess']);
  assert.equal(asked('used:never').length, 4);
});

test('types that the filter leaves out are asked nothing', () => {
  assert.deepEqual(asked('type:external principal:444455556666'), []);
  assert.deepEqual(asked('-type:internal principal:444455556666'), []);
  assert.deepEqual(asked('type:unused-key,external used:never'), ['UnusedIAMUserAccessKey']);
  assert.deepEqual(asked('(type:unused-role or age:>30d) used:never').length, 4);
  assert.deepEqual(asked('-(type:internal public:yes) principal:444455556666'), ['InternalAccess']);
});

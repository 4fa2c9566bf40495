import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../../domain/fixed-seed.ts';
import { decodePageToken, encodePageToken } from '../../../src/emulator/service/page-token.ts';
import { pageByKey, pageSize } from '../../../src/emulator/service/paging.ts';
import { ServiceError } from '../../../src/emulator/wire/service-error.ts';

const keys = fc.uniqueArray(fc.string({ maxLength: 4 }), { maxLength: 30 });

test('Paging by key shows what stays exactly once, whatever else comes and goes', () => {
  fc.assert(
    fc.property(keys, keys, keys, fc.integer({ min: 1, max: 7 }), (start, gone, fresh, maxResults) => {
      let all = start;
      const seen: string[] = [];
      let nextToken: string | undefined;
      do {
        const page = pageByKey(all, (key) => key, { maxResults, ...(nextToken && { nextToken }) }, ['op']);
        assert.ok(page.items.length <= maxResults);
        seen.push(...page.items);
        nextToken = page.nextToken;
        all = [...new Set([...all.filter((key) => !gone.includes(key)), ...fresh])];
      } while (nextToken !== undefined);
      const staying = start.filter((key) => !gone.includes(key));
      for (const key of staying) assert.equal(seen.filter((each) => each === key).length, 1);
      assert.equal(new Set(seen).size, seen.length);
    }),
  );
});

test('A token is good for the request it came from, and for no other', () => {
  const place = { slot: 7, value: 'x' };
  const token = encodePageToken(['ListFindings', 'arn', {}], place);
  assert.deepEqual(decodePageToken(['ListFindings', 'arn', {}], token), place);
  for (const [request, text] of [
    [['ListFindings', 'arn', { status: {} }], token],
    [['ListFindings', 'arn', {}], `${token}x`.slice(2)],
    [['ListFindings', 'arn', {}], ''],
    [['ListFindings', 'arn', {}], 'bnVsbA'],
  ] as const) {
    assert.throws(() => decodePageToken(request, text), ServiceError);
  }
});

test('Pages have a usual and a largest size', () => {
  assert.deepEqual(
    [pageSize(undefined), pageSize(5), pageSize(5000), pageSize(undefined, 10)],
    [100, 5, 1000, 10],
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withAccountNames } from '../../../src/domain/filter/account-names.ts';
import { formatFilter } from '../../../src/domain/filter/format.ts';
import { parseFilter } from '../../../src/domain/filter/parse.ts';

const NAMES = { '111122223333': 'prod', '444455556666': 'prod-data', '777788889999': 'sandbox' };

function rewritten(text: string): string {
  const parsed = parseFilter(text);
  assert.ok(parsed.ok);
  return formatFilter(withAccountNames(parsed.expr, NAMES));
}

test('a name means its account, a pattern all accounts whose name it matches', () => {
  assert.equal(rewritten('account:prod'), 'account:prod,111122223333');
  assert.equal(rewritten('account:PROD*'), 'account:PROD*,111122223333,444455556666');
  assert.equal(
    rewritten('public:yes -(account:sandbox or photos)'),
    'public:yes -(account:sandbox,777788889999 or photos)',
  );
});

test('what mentions no name stays the same object', () => {
  for (const text of ['', 'account:1111*', 'photos (a or b)', '-resource:x']) {
    const parsed = parseFilter(text);
    assert.ok(parsed.ok);
    assert.equal(withAccountNames(parsed.expr, NAMES), parsed.expr);
  }
});

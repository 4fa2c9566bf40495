import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../fixed-seed.ts';
import type { FilterContext } from '../../../src/domain/filter/ast.ts';
import { type MatchFacts, matchesFilter, searchTextOf } from '../../../src/domain/filter/match.ts';
import { parseFilter } from '../../../src/domain/filter/parse.ts';
import type { Finding, FindingDetail } from '../../../src/domain/finding.ts';
import { anyExpr, anyFinding, SCOPE, toFacts } from './arbitraries.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 15, 12);
const context: FilterContext = { now: NOW, lastVisitAt: NOW - DAY, marked: new Set() };

const finding: Finding = {
  ...SCOPE,
  id: 'f-1',
  findingType: 'ExternalAccess',
  status: 'ACTIVE',
  resource: 'arn:aws:iam::111122223333:role/partner/deploy',
  resourceType: 'AWS::IAM::Role',
  resourceOwnerAccount: '111122223333',
  createdAt: NOW - 40 * DAY,
  analyzedAt: NOW - DAY,
  updatedAt: Date.UTC(2026, 0, 31, 18),
  isPublic: false,
  principal: { AWS: 'arn:aws:iam::444455556666:role/ci' },
  action: ['sts:AssumeRole', 'sts:TagSession'],
  condition: { 'aws:PrincipalOrgID': 'o-abc' },
};

function finds(text: string, facts: MatchFacts = toFacts(finding), about: FilterContext = context): boolean {
  const result = parseFilter(text);
  assert.ok(result.ok, text);
  return matchesFilter(result.expr, facts, about);
}

function check(facts: MatchFacts, found: readonly string[], missed: readonly string[]): void {
  for (const text of found) assert.equal(finds(text, facts), true, `${text} should find it`);
  for (const text of missed) assert.equal(finds(text, facts), false, `${text} should miss it`);
}

test('closed sets take names, labels and wildcards, case aside', () => {
  check(
    toFacts(finding),
    [
      'status:ACTIVE',
      'status:resolved,active',
      'type:external',
      'type:ExternalAccess',
      'type:ext*',
      'kind:role',
      'kind:aws::iam::role',
    ],
    ['status:archived', 'type:unused', 'type:unused-*', 'kind:s3', '-status:active'],
  );
});

test('names are found whole or from a boundary on', () => {
  check(
    toFacts(finding),
    [
      'resource:deploy',
      'resource:partner/*',
      `resource:${finding.resource}`,
      'action:AssumeRole',
      'action:sts:*',
      'analyzer:account-external',
    ],
    ['resource:eploy', 'resource:partner', 'action:Assume', 'analyzer:account'],
  );
});

test('a principal is found by value, account and `everyone`', () => {
  check(
    toFacts(finding),
    ['principal:444455556666', 'principal:4444*', 'principal:ci'],
    ['principal:everyone', 'principal:4444'],
  );
  check(
    toFacts({ ...finding, principal: { AWS: '*' } }),
    ['principal:everyone', 'principal:\\*', 'principal:*'],
    ['principal:4444*'],
  );
});

test('a condition is found by key, value, or both', () => {
  check(
    toFacts(finding),
    ['condition:aws:PrincipalOrgID', 'condition:o-*', 'condition:aws:PrincipalOrgID=o-abc', 'condition:*'],
    ['condition:aws:SourceVpc', 'condition:aws:PrincipalOrgID=o-x'],
  );
  check(toFacts({ ...finding, condition: {} }), ['-condition:*'], ['condition:*']);
});

test('an account is found by id or name', () => {
  check(
    toFacts(finding, { accountName: 'Prod' }),
    ['account:111122223333', 'account:prod', 'account:1111*'],
    ['account:1111'],
  );
});

test('ages are relative to now, dates are whole days in UTC', () => {
  check(
    toFacts(finding),
    [
      'age:>30d',
      'age:<41d',
      'age:>=40d',
      'age:<=40d',
      'updated:2026-01-31',
      'updated:<=2026-01-31',
      'updated:>2026-01-30',
      'updated:>=2026-01-31',
    ],
    ['age:<40d', 'age:>40d', 'updated:>2026-01-31', 'updated:<2026-01-31', 'updated:2026-01-30'],
  );
});

test('never used counts as longest ago; what is not known is in no range', () => {
  const role = (detail?: FindingDetail) => toFacts({ ...finding, findingType: 'UnusedIAMRole' }, { detail });
  check(
    role({ kind: 'unused-role' }),
    ['used:never', 'used:>90d', 'used:<2020-01-01'],
    ['used:<90d', 'used:>2020-01-01'],
  );
  check(
    role({ kind: 'unused-role', lastAccessed: NOW - 100 * DAY }),
    ['used:>90d', 'used:<101d'],
    ['used:never', 'used:<90d'],
  );
  check(role(), [], ['used:never', 'used:>90d', 'used:<90d']);
});

test('flags, and values beside them', () => {
  const decision = {
    exposureId: 'x',
    reason: 'Nightly backup',
    ticket: 'SEC-12',
    owner: 'team-data',
    decidedAt: 0,
  };
  check(
    toFacts(finding),
    ['public:no', 'error:no', 'note:no', 'owner:no', 'rule:no', 'new:no', 'marked:no'],
    ['public:yes', 'error:yes'],
  );
  check(
    toFacts(
      { ...finding, error: 'ACCESS_DENIED', isPublic: true },
      { decision, ruleNames: ['ok-partner'], firstSeenAt: NOW },
    ),
    [
      'public:yes',
      'error:yes',
      'error:access_denied',
      'note:yes',
      'note:backup',
      'note:sec-12',
      'owner:team-data',
      'owner:yes',
      'rule:yes',
      'rule:ok-*',
      'new:yes',
    ],
    ['error:INTERNAL_ERROR', 'note:monthly', 'owner:team', 'rule:other'],
  );
});

test('new is what came after the last visit, not with it', () => {
  check(toFacts(finding, { firstSeenAt: NOW - DAY + 1 }), ['new:yes'], ['new:no']);
  check(toFacts(finding, { firstSeenAt: NOW - DAY }), ['new:no'], ['new:yes']);
});

test('marks are of exposures', () => {
  const facts = toFacts(finding);
  assert.equal(finds('marked:yes', facts, { ...context, marked: new Set([facts.exposureId]) }), true);
});

test('an id is that of the finding or of its row', () => {
  const facts = toFacts(finding);
  check(facts, ['id:f-1', `id:${facts.exposureId}`, `id:${facts.exposureId.slice(0, 6)}*`], ['id:f']);
});

test('a bare word searches all text, case aside', () => {
  check(
    toFacts(finding),
    [
      'deploy',
      'PARTNER',
      'assumerole',
      'o-abc',
      'external',
      'us-east-1',
      'account-external',
      'part*deploy',
      '444455556666',
    ],
    ['photos', 'public', 'everyone'],
  );
  check(
    toFacts({ ...finding, isPublic: true, principal: { AWS: '*' } }),
    ['public', 'everyone'],
    ['444455556666'],
  );
});

test('a bare word finds an id from its start, if it is long enough not to be chance', () => {
  const facts = toFacts({ ...finding, id: '1f2e3d4c-aaaa-bbbb-cccc-deadbeef0001' });
  check(facts, ['1f2e3d4c', '1F2E3D4C-AAAA', 'id:1f2e*'], ['1f2e', 'deadbeef', '3d4c-aaaa']);
});

test('a bare word lies within one field', () => {
  check(toFacts(finding), ['tag*session'], ['"deploy external"', 'assumerole*tagsession']);
});

test('the search text is lower case and holds the key of an unused access key', () => {
  const text = searchTextOf({ ...finding, accessKeyId: 'AKIAEXAMPLE' });
  assert.equal(text, text.toLowerCase());
  assert.match(text, /akiaexample/);
});

test('not, and, or mean what logic says', () => {
  fc.assert(
    fc.property(anyExpr, anyExpr, anyFinding, (left, right, each) => {
      const facts = toFacts(each);
      const span = { start: 0, end: 0 };
      const [a, b] = [matchesFilter(left, facts, context), matchesFilter(right, facts, context)];
      const items = [left, right];
      assert.equal(matchesFilter({ kind: 'not', item: left, span }, facts, context), !a);
      assert.equal(matchesFilter({ kind: 'and', items, span }, facts, context), a && b);
      assert.equal(matchesFilter({ kind: 'or', items, span }, facts, context), a || b);
    }),
  );
});

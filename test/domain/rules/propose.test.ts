import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import '../fixed-seed.ts';
import { type CriteriaFacts, matchesCriteria } from '../../../src/domain/criteria.ts';
import { commonNamePart } from '../../../src/domain/rules/common-name.ts';
import {
  checkRuleCriteria,
  checkRuleName,
  splitCriteria,
  unknownKeys,
} from '../../../src/domain/rules/limits.ts';
import { proposeCriteria } from '../../../src/domain/rules/propose-criteria.ts';
import { proposeRuleName } from '../../../src/domain/rules/rule-name.ts';
import { suggestRules } from '../../../src/domain/rules/suggest.ts';
import { need } from '../../triage/setup.ts';
import { criteria, finding as anyFinding } from './arbitraries.ts';

const bucket = (name: string, changes: Partial<CriteriaFacts> = {}): CriteriaFacts => ({
  id: name,
  status: 'ACTIVE',
  resource: `arn:aws:s3:::${name}`,
  resourceType: 'AWS::S3::Bucket',
  resourceOwnerAccount: '111122223333',
  findingType: 'ExternalAccess',
  isPublic: false,
  principal: { AWS: '444455556666' },
  condition: {},
  ...changes,
});

test('every proposal covers the findings, stays within the limits, and they go from narrow to wide', () => {
  fc.assert(
    fc.property(
      fc.array(anyFinding, { minLength: 1, maxLength: 8 }),
      fc.array(anyFinding, { maxLength: 30 }),
      (chosen, others) => {
        const population = [...chosen, ...others];
        const proposals = proposeCriteria(chosen, population);
        let last = 0;
        for (const { criteria: each, rules, matches = 0, hidesPublic } of proposals) {
          for (const one of chosen) {
            assert.ok(matchesCriteria(each, one));
            assert.ok(rules.some((rule) => matchesCriteria(rule, one)));
          }
          assert.ok(hidesPublic || each['isPublic']?.eq?.join() === 'false');
          assert.equal(matches, population.filter((one) => matchesCriteria(each, one)).length);
          assert.ok(matches >= last);
          last = matches;
          for (const rule of rules) assert.equal(checkRuleCriteria(rule), undefined);
        }
      },
    ),
  );
});

test('narrowest first: the resources and principals; then what they have in common', () => {
  const proposals = proposeCriteria([bucket('ext-data-00001'), bucket('ext-data-00002')]);
  assert.deepEqual(proposals[0]?.criteria, {
    resourceType: { eq: ['AWS::S3::Bucket'] },
    resource: { eq: ['arn:aws:s3:::ext-data-00001', 'arn:aws:s3:::ext-data-00002'] },
    'principal.AWS': { eq: ['444455556666'] },
    isPublic: { eq: ['false'] },
  });
  const labels = proposals.map(({ label }) => label);
  assert.equal(new Set(labels).size, labels.length);
  const alike = proposals.find(({ label }) => label === 'resources named alike, for these principals');
  assert.deepEqual(alike?.criteria['resource'], { contains: ['arn:aws:s3:::ext-data-'] });
  assert.deepEqual(proposals.at(-1)?.criteria, {
    resourceType: { eq: ['AWS::S3::Bucket'] },
    isPublic: { eq: ['false'] },
  });
});

test('public findings get no guard, and are said to be public', () => {
  const proposals = proposeCriteria([bucket('a', { isPublic: true, principal: { AWS: '*' } }), bucket('b')]);
  assert.ok(proposals.length > 0);
  for (const { hidesPublic, criteria: each } of proposals) {
    assert.ok(hidesPublic);
    assert.equal(each['isPublic'], undefined);
  }
});

test('unused access is told by its type; it has no guard', () => {
  const { isPublic: _public, principal: _principal, condition: _condition, ...bare } = bucket('x');
  const role = (name: string): CriteriaFacts => ({
    ...bare,
    findingType: 'UnusedIAMRole',
    resourceType: 'AWS::IAM::Role',
    resource: `arn:aws:iam::111122223333:role/batch/${name}`,
  });
  const proposals = proposeCriteria([role('night-1'), role('night-2')]);
  assert.deepEqual(proposals[0]?.criteria['findingType'], { eq: ['UnusedIAMRole'] });
  assert.ok(
    proposals.every(({ criteria: each, hidesPublic }) => each['isPublic'] === undefined && !hidesPublic),
  );
  assert.ok(
    proposals.some(
      ({ criteria: each }) =>
        each['resource']?.contains?.[0] === 'arn:aws:iam::111122223333:role/batch/night-',
    ),
  );
});

test('more than 20 values become several rules; far too many drop out', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => bucket(`${index}-unlike-${index % 7}`));
  const [first] = proposeCriteria(many(45));
  assert.deepEqual(
    first?.rules.map((rule) => rule['resource']?.eq?.length),
    [20, 20, 5],
  );
  assert.ok(proposeCriteria(many(5000)).every(({ rules }) => rules.length <= 10));
});

test('a split set of rules means exactly what the one would', () => {
  const wide = fc.uniqueArray(fc.stringMatching(/^[a-d]{1,3}$/), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(wide, wide, anyFinding, fc.stringMatching(/^[a-d]{1,3}$/), (eq, contains, base, resource) => {
      const all = { resource: { eq }, resourceType: { contains } };
      const parts = need(splitCriteria(all));
      const one = { ...base, resource, resourceType: resource };
      assert.equal(
        matchesCriteria(all, one),
        parts.some((part) => matchesCriteria(part, one)),
      );
      for (const part of parts) assert.equal(checkRuleCriteria(part), undefined);
    }),
  );
  const tooMany = splitCriteria({ resource: { neq: Array.from({ length: 21 }, String) } });
  assert.equal(tooMany.ok, false, 'values that must not be cannot be spread over several rules');
});

test('what resources are called alike', () => {
  const of = (...names: string[]) => commonNamePart(names);
  assert.equal(of('arn:aws:s3:::ext-data-1', 'arn:aws:s3:::ext-data-2'), 'arn:aws:s3:::ext-data-');
  assert.equal(of('arn:aws:s3:::alpha', 'arn:aws:s3:::beta'), undefined);
  assert.equal(
    of('arn:aws:iam::1:role/partner/a', 'arn:aws:iam::1:role/partner/b'),
    'arn:aws:iam::1:role/partner/',
  );
  assert.equal(
    of('arn:aws:iam::1:role/a', 'arn:aws:iam::1:role/b'),
    undefined,
    'that they are roles is no name',
  );
  assert.equal(
    of('arn:aws:sqs:eu-west-1:1:orders-in', 'arn:aws:sqs:us-east-1:2:orders-out'),
    'orders-',
    'across Regions the end of the ARN counts',
  );
  assert.equal(of('arn:aws:s3:::logs-2024-01'), 'arn:aws:s3:::logs-2024-', 'a single one has a family, too');
});

test('proposes names that AWS allows, that speak, and that are free', () => {
  const name = proposeRuleName({
    resourceType: { eq: ['AWS::S3::Bucket'] },
    resource: { contains: ['arn:aws:s3:::ext-data-'] },
    'principal.AWS': { eq: ['arn:aws:iam::444455556666:role/x'] },
    isPublic: { eq: ['false'] },
  });
  assert.equal(name, 's3-ext-data-for-444455556666');
  assert.equal(proposeRuleName({ findingType: { eq: ['UnusedIAMRole'] } }, ['unused-role']), 'unused-role-2');
  const alike = ['a-1', 'a-2', 'b-1'].map((each) => `arn:aws:s3:::acme-logs-${each}`);
  assert.equal(proposeRuleName({ resource: { eq: alike } }), 'acme-logs');
  const words = 'of-many-words-that-nobody-would-like-to-read-in-the-name-of-a-rule-at-all';
  const long = proposeRuleName({ resource: { eq: [words] } });
  assert.ok(long.length <= 64 && words.startsWith(`${long}-`), 'cut between two words');
  fc.assert(fc.property(criteria, (each) => assert.equal(checkRuleName(proposeRuleName(each)), undefined)));
  const hostile = { resource: { eq: ['\u001b[31m', '😀'.repeat(400)] } };
  assert.equal(checkRuleName(proposeRuleName(hostile)), undefined);
});

test('names what the service would refuse before it is asked', () => {
  assert.match(checkRuleName('')?.message ?? '', /needs a name/);
  assert.match(checkRuleName('1st')?.message ?? '', /starts with a letter/);
  assert.match(checkRuleName('x'.repeat(256))?.message ?? '', /at most 255/);
  assert.match(checkRuleCriteria({})?.message ?? '', /every finding/);
  assert.match(checkRuleCriteria({ status: { eq: ['ACTIVE'] } })?.message ?? '', /cannot look at status/);
  assert.match(checkRuleCriteria({ resource: {} })?.message ?? '', /says nothing/);
  assert.match(checkRuleCriteria({ resource: { eq: [] } })?.message ?? '', /empty list/);
  assert.match(
    checkRuleCriteria({ resource: { eq: Array.from({ length: 21 }, String) } })?.message ?? '',
    /21 values/,
  );
  assert.deepEqual(unknownKeys({ isPublik: { eq: ['false'] }, resource: { eq: ['a'] } }), [
    { key: 'isPublik', nearest: 'isPublic' },
  ]);
});

test('suggests a rule for what a person archives again and again, never a public one', () => {
  const scope = { profile: 'default', region: 'eu-west-1', analyzerArn: 'arn:x:analyzer/a' };
  const hand = (entry: number, name: string, changes: Partial<CriteriaFacts> = {}) => ({
    entry,
    finding: { ...bucket(name, changes), ...scope },
  });
  const archived = [
    hand(1, 'ext-data-1'),
    hand(1, 'ext-data-2'),
    hand(2, 'ext-data-3'),
    hand(2, 'ext-data-9', { isPublic: true }),
    hand(2, 'open-1', { isPublic: true }),
    hand(3, 'open-2', { isPublic: true }),
    hand(3, 'open-3', { isPublic: true }),
  ];
  const suggestions = suggestRules(archived, []);
  assert.equal(suggestions.length, 1);
  const [only] = suggestions;
  assert.equal(only?.times, 2);
  assert.deepEqual(
    only?.findings.map(({ id }) => id),
    ['ext-data-1', 'ext-data-2', 'ext-data-3'],
  );
  assert.match(only?.message ?? '', /^These 3 have one thing in common: .*ext-data-/);
  assert.deepEqual(only?.criteria['isPublic'], { eq: ['false'] });
  assert.equal(suggestRules(archived.slice(0, 2), []).length, 0, 'once is not again and again');
  const ruled = { ...scope, ruleName: 'r', createdAt: 0, updatedAt: 0, filter: only?.criteria ?? {} };
  assert.equal(suggestRules(archived, [ruled]).length, 0, 'a rule that is there already is not suggested');
  for (const elsewhere of [{ profile: 'prod' }, { analyzerArn: 'arn:x:analyzer/b' }])
    assert.equal(
      suggestRules(archived, [{ ...ruled, ...elsewhere }]).length,
      1,
      'a rule of its own analyzer',
    );
  const more = [1, 2, 3, 4].map((each) =>
    hand(each, `log-files-${each}`, { principal: { AWS: '999900001111' } }),
  );
  assert.deepEqual(
    suggestRules([...archived, ...more], []).map(({ findings }) => findings.length),
    [4, 3],
    'the largest first, each once',
  );
});

test('a finding type is proposed for unused access alone: AWS documents the key for nothing else', () => {
  const typeOf = (findingType: CriteriaFacts['findingType']) =>
    proposeCriteria([bucket('a', { findingType })]).map((each) => each.criteria['findingType']?.eq?.join());
  for (const type of ['ExternalAccess', 'InternalAccess'] as const)
    assert.ok(typeOf(type).every((each) => each === undefined));
  assert.ok(typeOf('UnusedIAMRole').includes('UnusedIAMRole'));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import './fixed-seed.ts';
import type { Criteria } from '../../src/domain/archive-rule.ts';
import {
  CRITERIA_KEYS,
  type CriteriaFacts,
  criteriaValue,
  matchesCriteria,
  withoutIdleType,
} from '../../src/domain/criteria.ts';

const finding: CriteriaFacts = {
  id: 'f-1',
  status: 'ACTIVE',
  resource: 'arn:aws:s3:::photos',
  resourceType: 'AWS::S3::Bucket',
  resourceOwnerAccount: '111122223333',
  findingType: 'ExternalAccess',
  isPublic: false,
  principal: { AWS: '444455556666' },
  condition: { 'aws:SourceVpce': 'vpce-1' },
};

const matches = (criteria: Criteria, facts: CriteriaFacts = finding): boolean =>
  matchesCriteria(criteria, facts);

test('keys are joined by AND, values of one key by OR', () => {
  assert.equal(matches({ resourceType: { eq: ['AWS::IAM::Role', 'AWS::S3::Bucket'] } }), true);
  assert.equal(matches({ resourceType: { eq: ['AWS::S3::Bucket'] }, isPublic: { eq: ['true'] } }), false);
  assert.equal(matches({}), true);
});

test('contains is a part of the value, neq none of the values', () => {
  assert.equal(matches({ resource: { contains: ['backup', 'photo'] } }), true);
  assert.equal(matches({ resource: { contains: ['Photo'] } }), false);
  assert.equal(matches({ status: { neq: ['ARCHIVED', 'RESOLVED'] } }), true);
  assert.equal(matches({ status: { neq: ['ARCHIVED', 'ACTIVE'] } }), false);
});

test('a missing value equals and contains nothing, and is not equal to anything', () => {
  assert.equal(matches({ error: { eq: [''] } }), false);
  assert.equal(matches({ error: { contains: [''] } }), false);
  assert.equal(matches({ error: { neq: ['ACCESS_DENIED'] } }), true);
  assert.equal(matches({ error: { exists: false } }), true);
  assert.equal(matches({ error: { exists: true } }), false);
});

test('principals and conditions are named by their keys, case aside', () => {
  assert.equal(matches({ 'principal.AWS': { eq: ['444455556666'] } }), true);
  assert.equal(matches({ 'principal.Federated': { exists: false } }), true);
  assert.equal(matches({ 'condition.aws:sourcevpce': { eq: ['vpce-1'] } }), true);
  assert.equal(matches({ 'condition.aws:SourceVpce': { eq: ['VPCE-1'] } }), false);
});

test('a key that is not known here has no value', () => {
  assert.equal(matches({ accessType: { exists: true } }), false);
  assert.equal(criteriaValue('toString', finding), undefined);
  assert.equal(criteriaValue('principal.constructor', finding), undefined);
});

test('the table holds every key once, and only lists may ask for status and id', () => {
  const keys = CRITERIA_KEYS.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length);
  assert.deepEqual(
    CRITERIA_KEYS.filter(({ use }) => use === 'list').map(({ key }) => key),
    ['status', 'id'],
  );
  for (const { key, values } of CRITERIA_KEYS) {
    if (values === undefined || criteriaValue(key, finding) === undefined) continue;
    assert.ok(values.includes(criteriaValue(key, finding) ?? ''), key);
  }
});

test('more keys never match more, more values of eq never match less', () => {
  const values = fc.subarray(['AWS::S3::Bucket', 'AWS::IAM::Role', 'AWS::KMS::Key'], { minLength: 1 });
  fc.assert(
    fc.property(values, values, fc.boolean(), (some, others, isPublic) => {
      const narrow = { resourceType: { eq: some }, isPublic: { eq: [String(isPublic)] } };
      const fewer = { resourceType: { eq: some } };
      const wide = { resourceType: { eq: [...some, ...others] } };
      if (matches(narrow)) assert.equal(matches(fewer), true);
      if (matches(fewer)) assert.equal(matches(wide), true);
      assert.notEqual(matches(fewer), matches({ resourceType: { neq: some } }));
    }),
  );
});

test('a finding type that all findings of an analyzer have is not asked for: AWS takes it for unused access only', () => {
  const isPublic = { eq: ['false'] };
  const typed = (...eq: readonly string[]): Criteria => ({ findingType: { eq }, isPublic });
  assert.deepEqual(withoutIdleType(typed('ExternalAccess', 'UnusedIAMRole'), 'external'), { isPublic });
  assert.deepEqual(withoutIdleType(typed('InternalAccess'), 'internal'), { isPublic });
  for (const [criteria, kind] of [
    [typed('UnusedIAMRole'), 'external'],
    [typed('UnusedIAMRole'), 'unused'],
    [typed('ExternalAccess'), 'unused'],
    [{ findingType: { neq: ['ExternalAccess'] } }, 'external'],
  ] as const)
    assert.equal(withoutIdleType(criteria, kind), criteria);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import './fixed-seed.ts';
import {
  FINDING_TYPES,
  type FindingDetail,
  type FindingType,
  type UnusedService,
} from '../../src/domain/finding.ts';
import { RISK_WEIGHTS, type RiskFacts, riskLevel, scoreRisk } from '../../src/domain/risk.ts';

const KNOWN = new Set(['444455556666']);
const external = (more: Partial<RiskFacts>): RiskFacts => ({
  findingType: 'ExternalAccess',
  knownAccounts: KNOWN,
  ...more,
});
const score = (facts: RiskFacts): number => scoreRisk(facts).score;

const actions = fc.subarray(
  ['s3:ListBucket', 's3:GetObject', 's3:PutObject', 's3:PutBucketPolicy', 's3:PutObjectTagging'],
  { minLength: 1 },
);
const condition = fc.constantFrom<Record<string, string>>({}, { 'aws:SourceVpc': 'vpc-1' });
const access = fc.record({ action: actions, condition });

test('public comes before a stranger, a stranger before a known account, that before an own principal', () => {
  fc.assert(
    fc.property(access, access, access, access, (a, b, c, d) => {
      const scores = [
        score(external({ ...a, isPublic: true, principal: { AWS: '*' } })),
        score(external({ ...b, isPublic: false, principal: { AWS: '999900001111' } })),
        score(external({ ...c, isPublic: false, principal: { AWS: 'arn:aws:iam::444455556666:root' } })),
      ];
      assert.ok((scores[0] ?? 0) > (scores[1] ?? 0) && (scores[1] ?? 0) > (scores[2] ?? 0), scores.join());
      const internal = external({ ...d, findingType: 'InternalAccess', principal: { AWS: '444455556666' } });
      assert.ok(score(internal) < (scores[1] ?? 0));
    }),
  );
});

test('writing weighs more than reading, reading more than listing, a condition takes off', () => {
  const of = (action: string, by: Record<string, string> = {}) =>
    score(external({ isPublic: true, action: [action], condition: by }));
  assert.equal(of('s3:PutBucketPolicy'), of('s3:PutObject'));
  assert.ok(of('s3:PutObject') > of('s3:GetObject'));
  assert.ok(of('s3:GetObject') > of('s3:ListBucket'));
  assert.ok(of('s3:GetObject') > of('s3:GetObject', { 'aws:SourceVpc': 'vpc-1' }));
});

test('a principal that cannot be told, and one stranger among known ones, count as strangers', () => {
  const of = (principal: Record<string, string>) =>
    scoreRisk(external({ isPublic: false, principal })).points[0]?.label;
  assert.equal(of({ Federated: 'accounts.google.com' }), RISK_WEIGHTS.unknown.label);
  assert.equal(of({ AWS: '*' }), RISK_WEIGHTS.unknown.label);
  assert.equal(of({ AWS: '444455556666', CanonicalUser: 'abc' }), RISK_WEIGHTS.unknown.label);
  assert.equal(of({ AWS: '444455556666' }), RISK_WEIGHTS.known.label);
  assert.equal(of({}), RISK_WEIGHTS.unknown.label);
});

test('keys before passwords before roles before permissions, whether ever used or not', () => {
  const order: readonly (readonly [FindingType, (used: boolean) => FindingDetail])[] = [
    [
      'UnusedIAMUserAccessKey',
      (used) => ({ kind: 'unused-key', accessKeyId: 'AKIA', ...(used && { lastAccessed: 1 }) }),
    ],
    ['UnusedIAMUserPassword', (used) => ({ kind: 'unused-password', ...(used && { lastAccessed: 1 }) })],
    ['UnusedIAMRole', (used) => ({ kind: 'unused-role', ...(used && { lastAccessed: 1 }) })],
    [
      'UnusedPermission',
      (used) => ({
        kind: 'unused-permission',
        services: [{ serviceNamespace: 'iam', ...(used && { lastAccessed: 1 }) }],
      }),
    ],
  ];
  const of = (index: number, used: boolean): number => {
    const [findingType, detail] = order[index] ?? ['UnusedIAMRole', () => undefined];
    const known = detail(used);
    return score({ findingType, knownAccounts: KNOWN, ...(known && { detail: known }) });
  };
  for (const index of order.keys()) assert.ok(of(index, false) > of(index, true), 'never used weighs more');
  // Keys and passwords stand together; a role never reaches them, permissions never reach a role.
  assert.ok(of(0, true) > of(1, true) && of(0, false) > of(1, false));
  assert.ok(of(1, true) > of(2, false));
  assert.ok(of(2, true) > of(3, false));
});

test('unused permissions weigh more where one of them could change who has access', () => {
  const labels = (...services: readonly UnusedService[]) =>
    scoreRisk({
      findingType: 'UnusedPermission',
      knownAccounts: KNOWN,
      detail: { kind: 'unused-permission', services: services.map((one) => ({ ...one, lastAccessed: 1 })) },
    }).points.map(({ label }) => label);
  const of = (serviceNamespace: string, ...actions: readonly string[]): UnusedService =>
    actions.length === 0
      ? { serviceNamespace }
      : { serviceNamespace, actions: actions.map((action) => ({ action })) };
  const plain = [RISK_WEIGHTS.unusedPermission.label];
  const admin = [...plain, RISK_WEIGHTS.unusedAdmin.label];
  assert.deepEqual(labels(of('s3', 'GetObject'), of('s3', 'PutBucketPolicy')), admin);
  assert.deepEqual(labels(of('s3', 'GetObject', 'PutObject')), plain);
  assert.deepEqual(labels(of('iam', 'iam:PassRole')), admin);
  assert.deepEqual(labels(of('iam', 'GetRole')), plain);
  // Of a service of which nothing is used AWS names no actions.
  assert.deepEqual(labels(of('s3'), of('iam')), admin);
  assert.deepEqual(labels(of('s3')), plain);
});

test('the dots of the design: public four, a stranger at most three, an unused key two, unused permissions one', () => {
  const level = (facts: RiskFacts) => scoreRisk(facts).level;
  assert.equal(level(external({ isPublic: true, action: ['s3:ListBucket'], condition: { a: 'b' } })), 4);
  assert.equal(
    level(external({ isPublic: false, action: ['sts:AssumeRole'], principal: { AWS: '999900001111' } })),
    3,
  );
  assert.equal(level({ findingType: 'UnusedIAMUserAccessKey', knownAccounts: KNOWN }), 2);
  assert.equal(level({ findingType: 'UnusedPermission', knownAccounts: KNOWN }), 1);
  assert.deepEqual([0, 24, 25, 49, 50, 74, 75, 100].map(riskLevel), [1, 1, 2, 2, 3, 3, 4, 4]);
});

test('a failed analysis says so and nothing else', () => {
  const { points } = scoreRisk(external({ error: 'ACCESS_DENIED', isPublic: true }));
  assert.deepEqual(
    points.map(({ label }) => label),
    [RISK_WEIGHTS.error.label],
  );
});

test('the points add up to the score, which is between 0 and 100', () => {
  fc.assert(
    fc.property(fc.constantFrom(...FINDING_TYPES), access, fc.boolean(), (findingType, facts, isPublic) => {
      const risk = scoreRisk({ ...facts, findingType, isPublic, knownAccounts: KNOWN });
      assert.equal(
        risk.score,
        risk.points.reduce((sum, { points }) => sum + points, 0),
      );
      assert.ok(risk.score > 0 && risk.score <= 100);
      assert.equal(risk.level, riskLevel(risk.score));
    }),
  );
});

test('every weight says when it counts', () => {
  const labels = Object.values(RISK_WEIGHTS).map(({ label }) => label);
  assert.equal(new Set(labels).size, labels.length);
  for (const { when, points } of Object.values(RISK_WEIGHTS)) assert.ok(when.length > 10 && points > 0);
});

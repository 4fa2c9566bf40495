import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addPolicy, addRole, addUser } from '../../../src/emulator/world/build.ts';
import { addBucket, wholeBucket } from '../../../src/emulator/world/demo/make.ts';
import type { Account, Bucket, Role } from '../../../src/emulator/world/model.ts';
import {
  formatPolicy,
  rootOf,
  type StatementFacts,
  trustService,
} from '../../../src/emulator/world/statement.ts';
import type { WorldFinding } from '../../../src/emulator/world/finding.ts';
import { createSmallWorld, daysAgo, only, SISTER, type SmallWorld } from './small-world.ts';

const JEWEL = 'arn:aws:s3:::jewel';
const READ = { action: 's3:GetObject', resource: `${JEWEL}/*` } as const;

const jewel = ({ home }: SmallWorld, ...statements: readonly StatementFacts[]): Bucket =>
  addBucket({ account: home, region: 'us-east-1', at: daysAgo(10) }, 'jewel', ...statements);

function reader({ world }: SmallWorld, account: Account, ...statements: readonly StatementFacts[]): Role {
  const role = addRole(world, account, {
    name: 'reader',
    trustPolicy: trustService('lambda.amazonaws.com'),
    createdAt: daysAgo(50),
  });
  if (statements.length > 0) role.inlinePolicies.set('p', formatPolicy(...statements));
  return role;
}

const inside = (small: SmallWorld): readonly WorldFinding[] =>
  small.findings('ORGANIZATION_INTERNAL_ACCESS', { inclusions: [{ resourceArns: [JEWEL] }] });

test('an identity policy that reaches the resource makes a finding, until it reaches it no more', () => {
  const small = createSmallWorld();
  jewel(small);
  const role = reader(small, small.home, READ);
  const finding = only(inside(small));
  assert.deepEqual(finding.principal, { AWS: role.arn });
  assert.deepEqual(finding.action, ['s3:GetObject']);
  assert.equal(finding.detail.kind === 'internal' && finding.detail.accessType, 'INTRA_ACCOUNT');
  role.inlinePolicies.delete('p');
  assert.deepEqual(inside(small), []);
});

test('only resources that the analyzer includes are looked at', () => {
  const small = createSmallWorld();
  jewel(small);
  addBucket({ account: small.home, region: 'us-east-1', at: daysAgo(1) }, 'glass');
  reader(small, small.home, { action: 's3:GetObject', resource: '*' });
  assert.equal(only(inside(small)).resource, JEWEL);
  assert.deepEqual(small.findings('ORGANIZATION_INTERNAL_ACCESS'), []);
});

test('another account needs both its own policy and the resource’s', () => {
  const small = createSmallWorld();
  const bucket = jewel(small);
  const role = reader(small, small.sister, READ);
  assert.deepEqual(inside(small), []);
  bucket.policy = formatPolicy({ principal: { AWS: rootOf(SISTER) }, ...READ });
  const finding = only(inside(small));
  assert.equal(finding.detail.kind === 'internal' && finding.detail.accessType, 'INTRA_ORG');
  role.inlinePolicies.clear();
  assert.deepEqual(inside(small), []);
});

test('in the same account the resource’s policy is enough when it names the identity', () => {
  const small = createSmallWorld();
  const role = reader(small, small.home);
  jewel(small, { principal: { AWS: role.arn }, ...READ });
  assert.deepEqual(only(inside(small)).principal, { AWS: role.arn });
});

test('a Deny on either side wins, and so does a boundary', () => {
  const small = createSmallWorld();
  const bucket = jewel(small);
  const role = reader(small, small.home, READ);
  bucket.policy = formatPolicy({
    effect: 'Deny',
    principal: '*',
    action: 's3:*',
    resource: wholeBucket('jewel'),
  });
  assert.deepEqual(inside(small), []);
  delete bucket.policy;
  role.inlinePolicies.set(
    'deny',
    formatPolicy({ effect: 'Deny', action: 's3:*', resource: wholeBucket('jewel') }),
  );
  assert.deepEqual(inside(small), []);
  role.inlinePolicies.delete('deny');
  assert.equal(inside(small).length, 1);
  role.permissionsBoundary = addPolicy(small.world, small.home, {
    name: 'b',
    document: formatPolicy({ action: 'sqs:*', resource: '*' }),
  }).arn;
  assert.deepEqual(inside(small), []);
});

test('users count, service-linked roles do not', () => {
  const small = createSmallWorld();
  jewel(small);
  const user = addUser(small.world, small.home, { name: 'u', createdAt: daysAgo(9) });
  user.inlinePolicies.set('p', formatPolicy(READ));
  const role = addRole(small.world, small.home, {
    name: 'slr',
    path: '/aws-service-role/x.amazonaws.com/',
    trustPolicy: trustService('x.amazonaws.com'),
  });
  role.inlinePolicies.set('p', formatPolicy(READ));
  const { detail } = only(inside(small));
  assert.equal(detail.kind === 'internal' && detail.principalType, 'IAM_USER');
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  addAccessKey,
  addAwsPolicy,
  addPolicy,
  addRole,
  addUser,
} from '../../../src/emulator/world/build.ts';
import { recordUse } from '../../../src/emulator/world/demo/usage.ts';
import type { Role } from '../../../src/emulator/world/model.ts';
import { formatPolicy, trustService } from '../../../src/emulator/world/statement.ts';
import { createSmallWorld, DAY, daysAgo, HOME, NOW, only, type SmallWorld } from './small-world.ts';

const TYPE = 'ACCOUNT_UNUSED_ACCESS';

const oldRole = ({ world, home }: SmallWorld, path = '/'): Role =>
  addRole(world, home, {
    name: 'r',
    path,
    trustPolicy: trustService('lambda.amazonaws.com'),
    createdAt: daysAgo(400),
  });

describe('a role', () => {
  test('nobody used within the period is one finding, until somebody uses it', () => {
    const small = createSmallWorld();
    const role = oldRole(small);
    role.lastUsed = { at: daysAgo(100), region: 'us-east-1' };
    const finding = only(small.findings(TYPE));
    assert.equal(finding.findingType, 'UnusedIAMRole');
    assert.deepEqual(finding.detail, { kind: 'unused-role', lastAccessed: daysAgo(100) });
    assert.equal(finding.createdAt, daysAgo(10));
    role.lastUsed = { at: daysAgo(1), region: 'us-east-1' };
    assert.deepEqual(small.findings(TYPE), []);
  });

  test('never used has no last access', () => {
    const small = createSmallWorld();
    oldRole(small);
    assert.deepEqual(only(small.findings(TYPE)).detail, { kind: 'unused-role' });
  });

  test('becomes unused as time passes', () => {
    const small = createSmallWorld();
    oldRole(small).lastUsed = { at: daysAgo(80), region: 'us-east-1' };
    assert.deepEqual(small.findings(TYPE), []);
    small.world.clock.now = NOW + 11 * DAY;
    assert.equal(small.findings(TYPE).length, 1);
  });

  test('is left out when it is new, service-linked, or excluded by account or tags', () => {
    const small = createSmallWorld();
    addRole(small.world, small.home, {
      name: 'new',
      trustPolicy: trustService('ec2.amazonaws.com'),
      createdAt: daysAgo(3),
    });
    oldRole(small, '/aws-service-role/x.amazonaws.com/');
    assert.deepEqual(small.findings(TYPE), []);
    const role = oldRole(small);
    role.tags = { review: 'exempt', team: 'x' };
    assert.equal(small.findings(TYPE).length, 1);
    assert.deepEqual(small.findings(TYPE, { exclusions: [{ accountIds: [HOME] }] }), []);
    assert.deepEqual(small.findings(TYPE, { exclusions: [{ resourceTags: [{ review: 'exempt' }] }] }), []);
    assert.equal(
      small.findings(TYPE, { exclusions: [{ resourceTags: [{ review: 'exempt', team: 'y' }] }] }).length,
      1,
    );
  });
});

describe('a user', () => {
  test('has a finding for each active key that was not used', () => {
    const small = createSmallWorld();
    const user = addUser(small.world, small.home, { name: 'u', createdAt: daysAgo(500) });
    const never = addAccessKey(small.world, user, { createdAt: daysAgo(300) });
    addAccessKey(small.world, user, {
      createdAt: daysAgo(300),
      lastUsed: { at: daysAgo(2), region: 'us-east-1', service: 's3' },
    });
    assert.deepEqual(only(small.findings(TYPE)).detail, { kind: 'unused-key', accessKeyId: never.id });
    never.status = 'Inactive';
    assert.deepEqual(small.findings(TYPE), []);
  });

  test('has a finding for a password that was not used', () => {
    const small = createSmallWorld();
    const user = addUser(small.world, small.home, { name: 'u', createdAt: daysAgo(500) });
    user.loginProfile = { createdAt: daysAgo(500), passwordResetRequired: false, lastUsed: daysAgo(95) };
    const finding = only(small.findings(TYPE));
    assert.equal(finding.findingType, 'UnusedIAMUserPassword');
    assert.deepEqual(finding.detail, { kind: 'unused-password', lastAccessed: daysAgo(95) });
    delete user.loginProfile;
    assert.deepEqual(small.findings(TYPE), []);
  });
});

describe('permissions', () => {
  const used = (small: SmallWorld, document: string): Role => {
    const role = oldRole(small);
    role.inlinePolicies.set('p', document);
    recordUse(role, 's3:GetBucketPolicy', daysAgo(2));
    return role;
  };

  test('say services that were not used, and actions of those that were', () => {
    const small = createSmallWorld();
    const role = used(
      small,
      formatPolicy({
        action: ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:GetObject', 'sqs:*'],
        resource: '*',
      }),
    );
    recordUse(role, 'sqs:PurgeQueue', daysAgo(200));
    assert.deepEqual(only(small.findings(TYPE)).detail, {
      kind: 'unused-permission',
      services: [
        // s3:GetObject is data plane: IAM does not track it, so it is not reported.
        { serviceNamespace: 's3', lastAccessed: daysAgo(2), actions: [{ action: 's3:PutBucketPolicy' }] },
        { serviceNamespace: 'sqs', lastAccessed: daysAgo(200) },
      ],
    });
  });

  test('are gone when the policy grants no more than is used', () => {
    const small = createSmallWorld();
    const role = used(small, formatPolicy({ action: ['s3:GetBucketPolicy', 'ec2:*'], resource: '*' }));
    assert.equal(small.findings(TYPE).length, 1);
    role.inlinePolicies.set('p', formatPolicy({ action: 's3:GetBucketPolicy', resource: '*' }));
    assert.deepEqual(small.findings(TYPE), []);
  });

  test('have another key after the policy changed, the same after time passed', () => {
    const small = createSmallWorld();
    const role = used(
      small,
      formatPolicy({ action: ['s3:GetBucketPolicy', 'ec2:*', 'sns:*'], resource: '*' }),
    );
    const before = only(small.findings(TYPE)).key;
    small.world.clock.now += DAY;
    assert.equal(only(small.findings(TYPE)).key, before);
    role.inlinePolicies.set('p', formatPolicy({ action: ['s3:GetBucketPolicy', 'ec2:*'], resource: '*' }));
    assert.notEqual(only(small.findings(TYPE)).key, before);
  });

  test('count attached policies in their default version, a boundary and total denies', () => {
    const small = createSmallWorld();
    const role = used(small, formatPolicy({ action: 's3:GetBucketPolicy', resource: '*' }));
    const policy = addPolicy(small.world, small.home, {
      name: 'p',
      document: formatPolicy({ action: ['sqs:*', 'sns:*', 'ec2:*'], resource: '*' }),
    });
    role.attachedPolicies.push(policy.arn);
    const services = (): readonly string[] => {
      const detail = small.findings(TYPE)[0]?.detail;
      return detail?.kind === 'unused-permission'
        ? detail.services.map(({ serviceNamespace }) => serviceNamespace)
        : [];
    };
    assert.deepEqual(services(), ['ec2', 'sns', 'sqs']);
    role.inlinePolicies.set('deny', formatPolicy({ effect: 'Deny', action: 'ec2:*', resource: '*' }));
    assert.deepEqual(services(), ['sns', 'sqs']);
    const boundary = addAwsPolicy(small.world, {
      name: 'b',
      document: formatPolicy({ action: ['s3:*', 'sns:*'], resource: '*' }),
    });
    role.permissionsBoundary = boundary.arn;
    assert.deepEqual(services(), ['sns']);
    policy.versions.push({
      id: 'v2',
      document: formatPolicy({ action: 's3:GetBucketPolicy', resource: '*' }),
      createdAt: NOW,
    });
    policy.defaultVersion = 'v2';
    assert.deepEqual(services(), []);
  });
});

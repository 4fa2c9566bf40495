import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FindingSummary, GetFindingV2Response } from '@aws-sdk/client-accessanalyzer';
import { toAnalyzer } from '../../src/aws/translate-analyzer.ts';
import { toExternalFinding, toFinding } from '../../src/aws/translate-finding.ts';
import { toDetail, toFindingWithDetail } from '../../src/aws/translate-detail.ts';

const SCOPE = { profile: 'p', region: 'us-east-1', analyzerArn: 'arn' };
const hear = () => {
  const said: string[] = [];
  return { said, report: (sentence: string) => said.push(sentence) };
};
const at = (iso: string) => new Date(iso);

test('A v1 row keeps everything the service sent', () => {
  const { said, report } = hear();
  const row: FindingSummary = {
    id: 'a',
    status: 'ACTIVE',
    resource: 'arn:aws:s3:::b',
    resourceType: 'AWS::S3::Bucket',
    resourceOwnerAccount: '111122223333',
    principal: { AWS: '*' },
    action: ['s3:GetObject'],
    condition: { 'aws:SourceIp': '10.0.0.0/8' },
    isPublic: true,
    createdAt: at('2026-01-01T00:00:00Z'),
    analyzedAt: at('2026-01-02T00:00:00Z'),
    updatedAt: at('2026-01-03T00:00:00.123Z'),
    error: 'ACCESS_DENIED',
    sources: [
      { type: 'S3_ACCESS_POINT', detail: { accessPointArn: 'ap', accessPointAccount: '1' } },
      { type: 'POLICY' },
    ],
    resourceControlPolicyRestriction: 'APPLICABLE',
  };
  assert.deepEqual(toExternalFinding({ ...row }, SCOPE, report), {
    ...SCOPE,
    id: 'a',
    findingType: 'ExternalAccess',
    status: 'ACTIVE',
    resource: 'arn:aws:s3:::b',
    resourceType: 'AWS::S3::Bucket',
    resourceOwnerAccount: '111122223333',
    principal: { AWS: '*' },
    action: ['s3:GetObject'],
    condition: { 'aws:SourceIp': '10.0.0.0/8' },
    isPublic: true,
    createdAt: Date.parse('2026-01-01T00:00:00Z'),
    analyzedAt: Date.parse('2026-01-02T00:00:00Z'),
    updatedAt: Date.parse('2026-01-03T00:00:00.123Z'),
    error: 'ACCESS_DENIED',
    sources: [{ type: 'S3_ACCESS_POINT', accessPointArn: 'ap', accessPointAccount: '1' }, { type: 'POLICY' }],
    resourceControlPolicyRestriction: 'APPLICABLE',
  });
  assert.deepEqual(said, []);
});

test('What the service leaves out is empty, not a crash', () => {
  const row = { id: 'a', status: 'ACTIVE', findingType: 'UnusedIAMRole' };
  const finding = toFinding(row, SCOPE, assert.fail);
  assert.deepEqual([finding?.resource, finding?.resourceType, finding?.updatedAt], ['', '', 0]);
});

test('What is of another type than it should be is as good as not sent', () => {
  const row = {
    id: 'a',
    status: 'ACTIVE',
    resource: 7,
    principal: { AWS: null },
    action: 'all',
    condition: [1],
    isPublic: 'yes',
    updatedAt: 'yesterday',
    createdAt: '2026-01-01T00:00:00Z',
    error: null,
  };
  assert.deepEqual(toExternalFinding(row, SCOPE, assert.fail), {
    ...SCOPE,
    id: 'a',
    findingType: 'ExternalAccess',
    status: 'ACTIVE',
    resource: '',
    resourceType: '',
    resourceOwnerAccount: '',
    createdAt: Date.parse('2026-01-01T00:00:00Z'),
    analyzedAt: 0,
    updatedAt: 0,
  });
});

test('Types and statuses of a later day are left out and named', () => {
  const { said, report } = hear();
  const base = { id: 'a', status: 'ACTIVE', findingType: 'UnusedIAMRole' };
  const rows = [
    { ...base, findingType: 'QuantumAccess' },
    { ...base, status: 'SNOOZED' },
    { ...base, id: undefined },
  ];
  for (const row of rows) assert.equal(toFinding(row, SCOPE, report), undefined);
  assert.match(said.join('\n'), /QuantumAccess\..*\n.*SNOOZED\..*\n.*without an id/);
  assert.equal(toAnalyzer({ arn: 'x', type: 'MARS' } as never, SCOPE, report), undefined);
  assert.match(said.at(-1) ?? '', /MARS/);
});

test('An analyzer has its reason, its tags and its service', () => {
  const analyzer = toAnalyzer(
    {
      arn: 'arn:aws:access-analyzer:us-east-1:1:analyzer/_hub',
      name: undefined,
      type: 'ACCOUNT',
      createdAt: at('2026-01-01T00:00:00Z'),
      status: 'FAILED',
      statusReason: { code: 'SERVICE_LINKED_ROLE_CREATION_FAILED' },
      managedBy: 'securityhub.amazonaws.com',
      tags: { team: 'a' },
      lastResourceAnalyzed: 'r',
      lastResourceAnalyzedAt: at('2026-01-02T00:00:00Z'),
    },
    SCOPE,
    assert.fail,
  );
  assert.equal(analyzer?.name, '_hub');
  assert.equal(analyzer.statusReason, 'SERVICE_LINKED_ROLE_CREATION_FAILED');
  assert.equal(analyzer.managedBy, 'securityhub.amazonaws.com');
  assert.equal(analyzer.lastResourceAnalyzedAt, Date.parse('2026-01-02T00:00:00Z'));
});

const page = (
  findingDetails: GetFindingV2Response['findingDetails'],
  findingType: GetFindingV2Response['findingType'],
) => ({ id: 'a', status: 'ACTIVE', findingType, findingDetails }) as GetFindingV2Response;

test('The services of several pages belong to one finding', () => {
  const answer = toFindingWithDetail(
    [
      page(
        [
          {
            unusedPermissionDetails: {
              serviceNamespace: 's3',
              actions: [{ action: 's3:PutObject', lastAccessed: at('2026-01-01T00:00:00Z') }],
            },
          },
        ],
        'UnusedPermission',
      ),
      page(
        [{ unusedPermissionDetails: { serviceNamespace: 'sqs', lastAccessed: at('2025-01-01T00:00:00Z') } }],
        'UnusedPermission',
      ),
    ],
    SCOPE,
    assert.fail,
  );
  assert.deepEqual(answer?.detail, {
    kind: 'unused-permission',
    services: [
      {
        serviceNamespace: 's3',
        actions: [{ action: 's3:PutObject', lastAccessed: Date.parse('2026-01-01T00:00:00Z') }],
      },
      { serviceNamespace: 'sqs', lastAccessed: Date.parse('2025-01-01T00:00:00Z') },
    ],
  });
});

test('Each kind of detail has its shape; one of a later day is no detail', () => {
  const used = at('2026-01-01T00:00:00Z');
  assert.deepEqual(toDetail([{ unusedIamRoleDetails: {} }]), { kind: 'unused-role' });
  assert.deepEqual(toDetail([{ unusedIamRoleDetails: { lastAccessed: used } }]), {
    kind: 'unused-role',
    lastAccessed: used.getTime(),
  });
  assert.deepEqual(toDetail([{ unusedIamUserAccessKeyDetails: { accessKeyId: 'AKIA' } }]), {
    kind: 'unused-key',
    accessKeyId: 'AKIA',
  });
  assert.deepEqual(toDetail([{ unusedIamUserPasswordDetails: {} }]), { kind: 'unused-password' });
  assert.deepEqual(toDetail([{ externalAccessDetails: { condition: {}, isPublic: false } }]), {
    kind: 'external',
    condition: {},
    isPublic: false,
  });
  assert.deepEqual(
    toDetail([
      {
        internalAccessDetails: {
          accessType: 'INTRA_ORG',
          principalType: 'IAM_ROLE',
          principalOwnerAccount: '1',
          serviceControlPolicyRestriction: 'APPLICABLE',
          resourceControlPolicyRestriction: 'NOT_APPLICABLE',
          principal: { AWS: 'arn' },
          action: ['s3:GetObject'],
        },
      },
    ]),
    {
      kind: 'internal',
      accessType: 'INTRA_ORG',
      principalType: 'IAM_ROLE',
      principalOwnerAccount: '1',
      serviceControlPolicyRestriction: 'APPLICABLE',
      resourceControlPolicyRestriction: 'NOT_APPLICABLE',
      principal: { AWS: 'arn' },
      action: ['s3:GetObject'],
    },
  );
  assert.equal(toDetail([{ $unknown: ['later', {}] }]), undefined);
  assert.equal(toDetail([]), undefined);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import './fixed-seed.ts';
import { FINDING_TYPES, type Finding, type FindingDetail } from '../../src/domain/finding.ts';
import { RESOURCE_KINDS } from '../../src/domain/resource-kind.ts';
import {
  ageText,
  agoText,
  explainFinding,
  principalText,
  statusSentence,
  whatText,
  whoWhatText,
} from '../../src/domain/words.ts';
import { parseFilter } from '../../src/domain/filter/parse.ts';

const bucket: Finding = {
  profile: 'prod',
  region: 'us-east-1',
  analyzerArn: 'arn:aws:access-analyzer:us-east-1:111122223333:analyzer/a',
  id: 'f-1',
  findingType: 'ExternalAccess',
  status: 'ACTIVE',
  resource: 'arn:aws:s3:::photos',
  resourceType: 'AWS::S3::Bucket',
  resourceOwnerAccount: '111122223333',
  createdAt: 0,
  analyzedAt: 0,
  updatedAt: 0,
  isPublic: true,
  principal: { AWS: '*' },
  action: ['s3:GetObject'],
  condition: {},
};
const role: Finding = {
  ...bucket,
  resource: 'arn:aws:iam::111122223333:role/deploy',
  resourceType: 'AWS::IAM::Role',
  isPublic: false,
  principal: { AWS: '444455556666' },
  action: ['sts:AssumeRole'],
};

test('public access is said in one plain sentence', () => {
  assert.equal(
    explainFinding(bucket),
    'Anyone on the internet can read objects in this bucket (s3:GetObject).',
  );
  assert.equal(
    explainFinding({
      ...bucket,
      action: ['s3:GetObject', 's3:ListBucket', 's3:PutObject', 's3:PutBucketPolicy'],
    }),
    'Anyone on the internet can read, list and write objects in this bucket, and change who has access to it (s3:GetObject, s3:ListBucket, s3:PutObject and 1 more).',
  );
  assert.match(
    explainFinding({ ...role, isPublic: true, principal: { AWS: '*' } }),
    /^Anyone with an AWS account can take on/,
  );
  assert.equal(
    explainFinding({
      ...bucket,
      action: ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'],
    }),
    'Anyone on the internet can list and write objects in this bucket (s3:AbortMultipartUpload, s3:ListMultipartUploadParts, s3:PutObject).',
    'parts of an upload are no settings',
  );
  const snapshot = { ...bucket, resourceType: 'AWS::EC2::Snapshot', action: ['ec2:CreateVolume'] };
  assert.match(explainFinding(snapshot), /^Anyone with an AWS account can /, 'public means all accounts');
});

test('what concerns the resource alone is not called access to what is in it', () => {
  const can = (resourceType: string, ...action: string[]): string =>
    /can (.*) \(/.exec(explainFinding({ ...bucket, resourceType, action }))?.[1] ?? '';
  assert.equal(
    can('AWS::S3::Bucket', 's3:GetBucketAcl', 's3:GetBucketPolicy'),
    'look at the settings of this bucket',
  );
  assert.equal(
    can('AWS::S3::Bucket', 's3:GetObject', 's3:PutLifecycleConfiguration'),
    'read objects in this bucket, and change the settings of this bucket',
  );
  assert.equal(
    can('AWS::SQS::Queue', 'sqs:SendMessage', 'sqs:GetQueueUrl'),
    'send messages in this queue, and look at the settings of this queue',
  );
  assert.equal(can('AWS::Lambda::Function', 'lambda:InvokeFunctionUrl'), 'run this Lambda function');
  assert.equal(can('AWS::S3::Bucket', 's3:Get*'), 'read objects in this bucket', 'it may be any of them');
});

test('who comes through an identity provider needs no AWS account', () => {
  const through = (provider: string, action: string): string =>
    explainFinding({ ...role, isPublic: true, principal: { Federated: provider }, action: [action] });
  assert.equal(
    through(
      'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
      'sts:AssumeRoleWithWebIdentity',
    ),
    'Anyone who signs in through token.actions.githubusercontent.com can take on this role (sts:AssumeRoleWithWebIdentity).',
  );
  assert.match(
    through('arn:aws:iam::111122223333:saml-provider/okta', 'sts:AssumeRoleWithSAML'),
    /^Anyone who signs in through okta can take on/,
  );
  assert.match(
    through('cognito-identity.amazonaws.com', 'sts:AssumeRoleWithWebIdentity'),
    /^Anyone who signs in through cognito-identity\.amazonaws\.com can take on/,
  );
});

test('outside access names who, what, how and under which condition', () => {
  assert.equal(
    explainFinding(role),
    'AWS account 444455556666, outside your zone of trust, can take on this role (sts:AssumeRole).',
  );
  assert.equal(
    explainFinding({
      ...role,
      principal: { AWS: 'arn:aws:iam::444455556666:role/ci' },
      condition: { 'sts:ExternalId': 'x-1' },
    }),
    'The role ci of AWS account 444455556666, outside your zone of trust, can take on this role (sts:AssumeRole), but only when sts:ExternalId is x-1.',
  );
  assert.match(
    explainFinding({ ...role, principal: { Federated: 'accounts.google.com' } }),
    /^Everyone who signs in through accounts\.google\.com,/,
  );
  assert.match(
    explainFinding({ ...bucket, isPublic: false, condition: { 'aws:SourceVpce': 'vpce-1' } }),
    /^Anyone who meets the condition can read .* but only when aws:SourceVpce is vpce-1\.$/,
  );
  assert.match(
    explainFinding({ ...bucket, sources: [{ type: 'BUCKET_ACL' }] }),
    /through its access control list\.$/,
  );
});

test('a policy of the organization that was not evaluated is told', () => {
  const told = explainFinding({ ...role, resourceControlPolicyRestriction: 'APPLICABLE' });
  assert.match(told, /resource control policy of the organization may forbid this; it was not evaluated\.$/);
  assert.doesNotMatch(
    explainFinding({ ...role, resourceControlPolicyRestriction: 'NOT_APPLICABLE' }),
    /policy/,
  );
});

test('internal access needs its detail, and says so', () => {
  const {
    principal: _principal,
    action: _action,
    ...listed
  } = { ...bucket, findingType: 'InternalAccess' as const };
  assert.match(explainFinding(listed), /was not fetched yet\.$/);
  const detail: FindingDetail = {
    kind: 'internal',
    accessType: 'INTRA_ORG',
    principal: { AWS: 'arn:aws:iam::444455556666:user/ann' },
    action: ['s3:GetObject'],
    serviceControlPolicyRestriction: 'APPLICABLE',
  };
  assert.equal(
    explainFinding({ ...listed, isPublic: false }, detail),
    'The user ann of AWS account 444455556666, inside your organization, can read objects in this bucket (s3:GetObject). A service control policy of the organization may forbid this; it was not evaluated.',
  );
});

test('unused access says since when', () => {
  const key: Finding = { ...bucket, findingType: 'UnusedIAMUserAccessKey', resourceType: 'AWS::IAM::User' };
  const lastAccessed = Date.UTC(2025, 2, 1);
  assert.equal(
    explainFinding(key, { kind: 'unused-key', accessKeyId: 'AKIAEXAMPLE', lastAccessed }),
    'The access key AKIAEXAMPLE of this user was last used on 2025-03-01.',
  );
  assert.match(
    explainFinding({ ...key, findingType: 'UnusedIAMUserPassword' }, { kind: 'unused-password' }),
    /never used/,
  );
  assert.match(explainFinding({ ...key, findingType: 'UnusedIAMRole' }), /^This role .* not fetched yet\.$/);
  const services = [
    { serviceNamespace: 's3', actions: [{ action: 'GetObject' }, { action: 'PutObject' }] },
    { serviceNamespace: 'bedrock' },
  ];
  assert.equal(
    explainFinding({ ...role, findingType: 'UnusedPermission' }, { kind: 'unused-permission', services }),
    'This role has permissions that it does not use: 2 actions of s3 and all of bedrock.',
  );
});

test('a failed analysis is a blind spot, not an all-clear', () => {
  const told = explainFinding({ ...bucket, error: 'ACCESS_DENIED' });
  assert.match(told, /could not analyze this bucket .* not allowed .* who has access is not known\.$/);
});

test('every type of finding and resource is a sentence without control characters', () => {
  const hostileText = fc.string({ unit: 'binary', minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(
      fc.constantFrom(...FINDING_TYPES),
      fc.constantFrom('AWS::New::Thing', ...RESOURCE_KINDS.map(({ resourceType }) => resourceType)),
      fc.array(hostileText, { maxLength: 4 }),
      hostileText,
      (findingType, resourceType, action, text) => {
        const finding = {
          ...bucket,
          findingType,
          resourceType,
          action,
          isPublic: false,
          principal: { AWS: text },
          condition: { [text]: text },
        };
        const told = explainFinding(finding);
        assert.match(told, /^[\s\S]+\.$/);
        assert.doesNotMatch(told, /\p{Cc}|\p{Cs}|[\u202a-\u202e]/u);
        assert.doesNotMatch(told, /undefined|\[object/);
      },
    ),
  );
});

test('principals, short', () => {
  assert.equal(principalText({ AWS: '*' }), 'everyone');
  assert.equal(principalText({ AWS: '444455556666' }), '444455556666');
  assert.equal(principalText({ AWS: 'arn:aws:iam::444455556666:root' }), '444455556666');
  assert.equal(principalText({ AWS: 'arn:aws-cn:iam::444455556666:role/ci' }), '444455556666 role/ci');
  assert.equal(principalText({ Federated: 'accounts.google.com' }), 'accounts.google.com');
  assert.equal(principalText({ CanonicalUser: 'ab12'.repeat(16) }), 'canonical user ab12…ab12');
  assert.equal(principalText(undefined), '');
});

test('the WHO / WHAT column of the design', () => {
  const base = {
    principal: undefined,
    action: undefined,
    error: undefined,
    what: undefined,
    neverUsed: undefined,
  };
  const external = { ...base, findingType: 'ExternalAccess' as const };
  assert.equal(
    whoWhatText({ ...external, principal: { AWS: '*' }, action: ['s3:GetObject', 's3:ListBucket'] }),
    'everyone · GetObject +1',
  );
  assert.equal(
    whoWhatText({ ...external, principal: { AWS: '444455556666' }, action: ['sts:AssumeRole'] }),
    '444455556666 · AssumeRole',
  );
  const what = whatText({ kind: 'unused-key', accessKeyId: 'AKIAIOSFODNN70002' });
  assert.equal(
    whoWhatText({ ...base, findingType: 'UnusedIAMUserAccessKey', what, neverUsed: true }),
    'AKIA…0002 · never used',
  );
  const services = [
    { serviceNamespace: 's3', actions: [{ action: 'a' }, { action: 'b' }] },
    { serviceNamespace: 'bedrock' },
  ];
  assert.equal(whatText({ kind: 'unused-permission', services }), 's3 2 actions · bedrock');
  assert.equal(whoWhatText({ ...external, error: 'ACCESS_DENIED' }), 'analysis failed · ACCESS_DENIED');
  assert.equal(whoWhatText({ ...base, findingType: 'UnusedIAMRole' }), '');
});

test('RESOLVED is not called fixed while the analysis fails', () => {
  assert.match(statusSentence('RESOLVED', 1), /not proven fixed/);
  assert.doesNotMatch(statusSentence('RESOLVED'), /not proven/);
});

test('ages are in one unit, and the filter reads them', () => {
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
  const cases = [
    [0, '0min'],
    [-5, '0min'],
    [59 * minute, '59min'],
    [5 * hour, '5h'],
    [3 * day, '3d'],
    [210 * day, '210d'],
    [800 * day, '2y'],
  ] as const;
  for (const [ms, text] of cases) {
    assert.equal(ageText(ms), text);
    assert.ok(parseFilter(`age:>${text}`).ok);
  }
  assert.equal(agoText(10_000), 'just now');
  assert.equal(agoText(2 * minute), '2 min ago');
  assert.equal(agoText(5 * hour), '5 h ago');
});

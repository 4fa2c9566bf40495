import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addRole, NO_BLOCK } from '../../../src/emulator/world/build.ts';
import { addBucket, addKey, addShared, addSnapshot } from '../../../src/emulator/world/demo/make.ts';
import { deriveForResource } from '../../../src/emulator/world/derive.ts';
import type { Bucket } from '../../../src/emulator/world/model.ts';
import {
  formatPolicy,
  rootOf,
  type StatementFacts,
  trustAccount,
  trustService,
  trustWeb,
} from '../../../src/emulator/world/statement.ts';
import {
  createSmallWorld,
  daysAgo,
  HOME,
  only,
  ORGANIZATION,
  SISTER,
  type SmallWorld,
  STRANGER,
} from './small-world.ts';

const REGION = 'us-east-1';
const ARN = 'arn:aws:s3:::data';

const readBy = (
  principal: StatementFacts['principal'],
  condition?: StatementFacts['condition'],
): StatementFacts => ({
  ...(principal && { principal }),
  action: 's3:GetObject',
  resource: `${ARN}/*`,
  ...(condition && { condition }),
});

const put = ({ home }: SmallWorld, ...statements: readonly StatementFacts[]): Bucket =>
  addBucket({ account: home, region: REGION, at: daysAgo(10) }, 'data', ...statements);

describe('a bucket policy', () => {
  test('that names another account makes one finding, which goes with the statement', () => {
    const small = createSmallWorld();
    const bucket = put(small, readBy({ AWS: rootOf(STRANGER) }));
    const finding = only(small.findings('ACCOUNT'));
    assert.equal(finding.resource, ARN);
    assert.deepEqual(finding.principal, { AWS: STRANGER });
    assert.deepEqual(finding.action, ['s3:GetObject']);
    assert.equal(finding.isPublic, false);
    assert.deepEqual(finding.sources, [{ type: 'POLICY' }]);
    assert.equal(finding.createdAt, daysAgo(10));
    delete bucket.policy;
    assert.deepEqual(small.findings('ACCOUNT'), []);
  });

  test('that grants more than before makes a finding with another key', () => {
    const small = createSmallWorld();
    const bucket = put(small, readBy({ AWS: STRANGER }));
    const before = only(small.findings('ACCOUNT')).key;
    bucket.policy = formatPolicy({ ...readBy({ AWS: STRANGER }), action: ['s3:GetObject', 's3:PutObject'] });
    assert.notEqual(only(small.findings('ACCOUNT')).key, before);
  });

  test('open to everyone is public, also where the condition keeps nobody out', () => {
    for (const condition of [
      undefined,
      { Bool: { 'aws:SecureTransport': 'true' } },
      { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } },
      { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-other' } },
      { StringLike: { 'aws:PrincipalArn': '*' } },
    ]) {
      const small = createSmallWorld();
      put(small, readBy('*', condition));
      assert.equal(only(small.findings('ACCOUNT')).isPublic, true, JSON.stringify(condition));
    }
  });

  test('limited by a condition is not public and carries the condition', () => {
    const small = createSmallWorld();
    put(small, readBy('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-other' } }));
    const finding = only(small.findings('ORGANIZATION'));
    assert.equal(finding.isPublic, false);
    assert.deepEqual(finding.condition, { 'aws:PrincipalOrgID': 'o-other' });
  });

  test('a Deny for everyone outside works as that condition', () => {
    const small = createSmallWorld();
    const everything = { principal: '*', action: 's3:*', resource: [ARN, `${ARN}/*`] } as const;
    put(small, readBy('*'), {
      ...everything,
      effect: 'Deny',
      condition: { StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION } },
    });
    assert.deepEqual(small.findings('ORGANIZATION'), []);
    assert.deepEqual(only(small.findings('ACCOUNT')).condition, { 'aws:PrincipalOrgID': ORGANIZATION });
  });

  test('an unconditional Deny takes its actions away', () => {
    const small = createSmallWorld();
    put(
      small,
      { ...readBy({ AWS: STRANGER }), action: ['s3:GetObject', 's3:PutObject'] },
      { effect: 'Deny', principal: { AWS: STRANGER }, action: 's3:Put*', resource: `${ARN}/*` },
    );
    assert.deepEqual(only(small.findings('ACCOUNT')).action, ['s3:GetObject']);
  });

  test('that shuts the analyzer out makes an error finding and nothing else', () => {
    const small = createSmallWorld();
    const lock = { effect: 'Deny', principal: '*', action: 's3:*', resource: [ARN, `${ARN}/*`] } as const;
    put(small, readBy('*'), { ...lock, condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } });
    const finding = only(small.findings('ACCOUNT'));
    assert.equal(finding.error, 'ACCESS_DENIED');
    assert.equal(finding.principal, undefined);
  });
});

describe('the zone of trust', () => {
  test('of an account ends at the account, of an organization at its last account', () => {
    const small = createSmallWorld();
    put(small, readBy({ AWS: rootOf(SISTER) }));
    assert.equal(small.findings('ACCOUNT').length, 1);
    assert.deepEqual(small.findings('ORGANIZATION'), []);
  });

  test('takes in what conditions limit to it', () => {
    for (const condition of [
      { StringEquals: { 'aws:PrincipalAccount': SISTER } },
      { StringEquals: { 'AWS:SourceOwner': HOME } },
      { ArnLike: { 'aws:SourceArn': `arn:aws:sns:us-east-1:${SISTER}:*` } },
      { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${ORGANIZATION}/*` } },
    ]) {
      const small = createSmallWorld();
      put(small, readBy('*', condition));
      assert.deepEqual(small.findings('ORGANIZATION'), [], JSON.stringify(condition));
    }
  });

  test('an organization analyzer looks at every account, an account analyzer at its own', () => {
    const small = createSmallWorld();
    addShared({ account: small.sister, region: REGION, at: daysAgo(1) }, 'queue', 'q', {
      principal: '*',
      action: 'sqs:SendMessage',
    });
    assert.deepEqual(small.findings('ACCOUNT'), []);
    assert.equal(only(small.findings('ORGANIZATION')).resourceOwnerAccount, SISTER);
  });
});

describe('S3 besides the policy', () => {
  test('an ACL for everyone is public until Block Public Access ignores it', () => {
    const small = createSmallWorld();
    const bucket = put(small);
    bucket.acl.push({ grantee: 'all-users', permission: 'READ' });
    const finding = only(small.findings('ACCOUNT'));
    assert.equal(finding.isPublic, true);
    assert.deepEqual(finding.sources, [{ type: 'BUCKET_ACL' }]);
    bucket.publicAccessBlock = { ...NO_BLOCK, ignorePublicAcls: true };
    assert.deepEqual(small.findings('ACCOUNT'), []);
  });

  test('the account’s Block Public Access holds a public policy back', () => {
    const small = createSmallWorld();
    put(small, readBy('*'));
    small.home.publicAccessBlock = { ...NO_BLOCK, restrictPublicBuckets: true };
    assert.deepEqual(small.findings('ACCOUNT'), []);
  });

  test('access points count once the bucket leaves it to them', () => {
    const small = createSmallWorld();
    const arn = `arn:aws:s3:${REGION}:${HOME}:accesspoint/door`;
    const bucket = put(small);
    bucket.accessPoints.push({
      name: 'door',
      arn,
      account: HOME,
      policy: formatPolicy({
        principal: { AWS: STRANGER },
        action: 's3:GetObject',
        resource: `${arn}/object/*`,
      }),
    });
    assert.deepEqual(small.findings('ACCOUNT'), []);
    bucket.policy = formatPolicy(readBy('*', { StringEquals: { 's3:DataAccessPointAccount': HOME } }));
    assert.deepEqual(only(small.findings('ACCOUNT')).sources, [
      { type: 'S3_ACCESS_POINT', accessPointArn: arn },
    ]);
  });
});

describe('other resources', () => {
  test('a role trusted from outside is seen from every Region', () => {
    const small = createSmallWorld();
    const role = addRole(small.world, small.home, { name: 'r', trustPolicy: trustAccount(STRANGER) });
    for (const region of [REGION, 'eu-west-1', 'ap-northeast-1']) {
      assert.equal(only(small.findings('ACCOUNT', { region })).resource, role.arn);
    }
    role.trustPolicy = trustAccount(HOME);
    assert.deepEqual(small.findings('ACCOUNT'), []);
  });

  test('a service that may assume a role is no finding', () => {
    const small = createSmallWorld();
    addRole(small.world, small.home, { name: 'r', trustPolicy: trustService('lambda.amazonaws.com') });
    assert.deepEqual(small.findings('ACCOUNT'), []);
  });

  test('a web identity provider is public unless the subject or audience is limited', () => {
    const small = createSmallWorld();
    const provider = `arn:aws:iam::${HOME}:oidc-provider/token.actions.githubusercontent.com`;
    const role = addRole(small.world, small.home, { name: 'ci', trustPolicy: trustWeb(provider, undefined) });
    assert.equal(only(small.findings('ACCOUNT')).isPublic, true);
    role.trustPolicy = trustWeb(provider, {
      StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:a/b:*' },
    });
    assert.equal(only(small.findings('ACCOUNT')).isPublic, false);
  });

  test('a key’s grants count beside its policy', () => {
    const small = createSmallWorld();
    const key = addKey({ account: small.home, region: REGION, at: daysAgo(3) }, 'alias/k');
    assert.deepEqual(small.findings('ACCOUNT'), []);
    key.grants.push({ id: 'g', grantee: `arn:aws:iam::${STRANGER}:role/x`, operations: ['Decrypt'] });
    assert.deepEqual(only(small.findings('ACCOUNT')).action, ['kms:Decrypt']);
  });

  test('a shared snapshot is a finding, one shared with all is public', () => {
    const small = createSmallWorld();
    const snapshot = addSnapshot(
      { account: small.home, region: REGION, at: daysAgo(3) },
      'AWS::EC2::Snapshot',
      'snap-1',
      [STRANGER],
    );
    assert.equal(only(small.findings('ACCOUNT')).isPublic, false);
    snapshot.sharedWith = ['all'];
    assert.equal(only(small.findings('ACCOUNT')).isPublic, true);
    snapshot.sharedWith = [];
    assert.deepEqual(small.findings('ACCOUNT'), []);
  });

  test('a resource of another Region is left to the analyzer there', () => {
    const small = createSmallWorld();
    addShared({ account: small.home, region: 'eu-west-1', at: daysAgo(1) }, 'topic', 't', {
      principal: '*',
      action: 'sns:Subscribe',
    });
    assert.deepEqual(small.findings('ACCOUNT'), []);
    assert.equal(small.findings('ACCOUNT', { region: 'eu-west-1' }).length, 1);
  });

  test('a failed analysis is an error finding until it works', () => {
    const small = createSmallWorld();
    const queue = addShared({ account: small.home, region: REGION, at: daysAgo(1) }, 'queue', 'q');
    queue.analysisFails = true;
    assert.equal(only(small.findings('ACCOUNT')).error, 'INTERNAL_ERROR');
    queue.analysisFails = false;
    assert.deepEqual(small.findings('ACCOUNT'), []);
  });

  test('a resource control policy of the organization is said to be applicable', () => {
    const small = createSmallWorld();
    put(small, readBy('*'));
    assert.equal(only(small.findings('ACCOUNT')).resourceControlPolicyRestriction, 'NOT_APPLICABLE');
    const document = formatPolicy({ effect: 'Deny', principal: '*', action: 's3:*', resource: '*' });
    small.world.resourceControlPolicies.push({ name: 'perimeter', document, accounts: [HOME] });
    assert.equal(only(small.findings('ACCOUNT')).resourceControlPolicyRestriction, 'APPLICABLE');
  });
});

test('looking at one resource finds what looking at all finds of it', () => {
  const small = createSmallWorld();
  put(small, readBy('*'));
  const role = addRole(small.world, small.home, {
    path: '/a/',
    name: 'r',
    trustPolicy: trustAccount(STRANGER),
  });
  const analyzer = {
    arn: 'a',
    type: 'ACCOUNT',
    account: HOME,
    region: REGION,
    createdAt: daysAgo(1000),
  } as const;
  for (const arn of [ARN, role.arn]) {
    const all = small.findings('ACCOUNT').filter(({ resource }) => resource === arn);
    assert.deepEqual([...deriveForResource(small.world, analyzer, arn)], all);
  }
  assert.deepEqual([...deriveForResource(small.world, analyzer, 'arn:aws:s3:::gone')], []);
});

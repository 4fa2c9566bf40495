import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AccessAnalyzerClient,
  type Configuration,
  CreateAccessPreviewCommand,
  CreateArchiveRuleCommand,
  GetAccessPreviewCommand,
  ListAccessPreviewFindingsCommand,
  ListAccessPreviewsCommand,
} from '@aws-sdk/client-accessanalyzer';
import { formatPolicy, rootOf, trustAccount, trustService } from '../../src/emulator/world/statement.ts';
import { accessAnalyzer, rejectsWith, withEmulator } from './harness.ts';
import { EXTERNAL, HOME, PUBLIC_BUCKET, UNUSED, VENDOR } from './small-world.ts';

const create = async (
  client: AccessAnalyzerClient,
  arn: string,
  configuration: Configuration,
): Promise<string> => {
  const { id = '' } = await client.send(
    new CreateAccessPreviewCommand({ analyzerArn: EXTERNAL, configurations: { [arn]: configuration } }),
  );
  return id;
};

const statusOf = async (client: AccessAnalyzerClient, accessPreviewId: string) => {
  const { accessPreview } = await client.send(
    new GetAccessPreviewCommand({ analyzerArn: EXTERNAL, accessPreviewId }),
  );
  return accessPreview?.status;
};

/** What a configuration would do: "NEW ACTIVE 444455556666". */
async function preview(
  client: AccessAnalyzerClient,
  arn: string,
  configuration: Configuration,
): Promise<string[]> {
  const accessPreviewId = await create(client, arn, configuration);
  await statusOf(client, accessPreviewId);
  const { findings = [] } = await client.send(
    new ListAccessPreviewFindingsCommand({ analyzerArn: EXTERNAL, accessPreviewId }),
  );
  return findings
    .map(({ changeType, status, principal }) => `${changeType} ${status} ${principal?.['AWS']}`)
    .sort();
}

const bucketPolicy = (principal: '*' | { AWS: string }) =>
  formatPolicy({ principal, action: 's3:GetObject', resource: `${PUBLIC_BUCKET}/*` });

test('A preview is CREATING, then COMPLETED, and says what each finding would become', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const id = await create(client, PUBLIC_BUCKET, {
      s3Bucket: { bucketPolicy: bucketPolicy({ AWS: rootOf(VENDOR) }) },
    });
    await assert.rejects(
      client.send(new ListAccessPreviewFindingsCommand({ analyzerArn: EXTERNAL, accessPreviewId: id })),
      rejectsWith('ConflictException', 409),
    );
    assert.equal(await statusOf(client, id), 'COMPLETED');
    const { findings = [] } = await client.send(
      new ListAccessPreviewFindingsCommand({ analyzerArn: EXTERNAL, accessPreviewId: id }),
    );
    const goes = findings.find(({ changeType }) => changeType === 'CHANGED');
    assert.deepEqual(
      [goes?.status, goes?.existingFindingStatus, goes?.isPublic],
      ['RESOLVED', 'ACTIVE', true],
    );
    assert.ok(goes?.existingFindingId);
    const comes = findings.find(({ changeType }) => changeType === 'NEW');
    assert.deepEqual([comes?.status, comes?.existingFindingId], ['ACTIVE', undefined]);
    const { accessPreviews } = await client.send(new ListAccessPreviewsCommand({ analyzerArn: EXTERNAL }));
    assert.deepEqual(
      accessPreviews?.map((each) => [each.id, each.status]),
      [[id, 'COMPLETED']],
    );
  }));

test('Previews leave the world as it was', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const home = emulator.world.accounts.get(HOME);
    const before = JSON.stringify([...(home?.resources ?? []), ...(home?.roles ?? [])]);
    await preview(client, PUBLIC_BUCKET, { s3Bucket: { bucketPolicy: '' } });
    await preview(client, `arn:aws:iam::${HOME}:role/new-one`, {
      iamRole: { trustPolicy: trustAccount(VENDOR) },
    });
    await preview(client, 'arn:aws:s3:::no-such-bucket', { s3Bucket: { bucketPolicy: 'not a policy' } });
    assert.equal(JSON.stringify([...(home?.resources ?? []), ...(home?.roles ?? [])]), before);
  }));

test('Roles: narrower, wider, unchanged and new', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const partner = `arn:aws:iam::${HOME}:role/partner/partner-1`;
    const role = (trustPolicy?: string): Configuration => ({
      iamRole: trustPolicy === undefined ? {} : { trustPolicy },
    });
    assert.deepEqual(await preview(client, partner, role()), [`UNCHANGED ACTIVE ${VENDOR}`]);
    assert.deepEqual(await preview(client, partner, role(trustService('ec2.amazonaws.com'))), [
      `CHANGED RESOLVED ${VENDOR}`,
    ]);
    assert.deepEqual(await preview(client, `arn:aws:iam::${HOME}:role/fresh`, role(trustAccount(VENDOR))), [
      `NEW ACTIVE ${VENDOR}`,
    ]);
  }));

test('Block Public Access, ACLs, keys, queues and snapshots', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const block = { ignorePublicAcls: true, restrictPublicBuckets: true };
    assert.deepEqual(await preview(client, PUBLIC_BUCKET, { s3Bucket: { bucketPublicAccessBlock: block } }), [
      'CHANGED RESOLVED *',
    ]);
    const uri = 'http://acs.amazonaws.com/groups/global/AllUsers';
    const bucketAclGrants = [{ permission: 'READ', grantee: { uri } } as const];
    assert.deepEqual(await preview(client, 'arn:aws:s3:::fresh', { s3Bucket: { bucketAclGrants } }), [
      'NEW ACTIVE *',
    ]);
    const key = `arn:aws:kms:us-east-1:${HOME}:key/1234`;
    const keyPolicies = {
      default: formatPolicy({ principal: { AWS: rootOf(VENDOR) }, action: 'kms:Decrypt', resource: '*' }),
    };
    assert.deepEqual(await preview(client, key, { kmsKey: { keyPolicies } }), [`NEW ACTIVE ${VENDOR}`]);
    const queue = `arn:aws:sqs:us-east-1:${HOME}:jobs`;
    const queuePolicy = formatPolicy({ principal: '*', action: 'sqs:SendMessage', resource: queue });
    assert.deepEqual(await preview(client, queue, { sqsQueue: { queuePolicy } }), ['NEW ACTIVE *']);
    const snapshot = 'arn:aws:ec2:us-east-1::snapshot/snap-1';
    assert.deepEqual(await preview(client, snapshot, { ebsSnapshot: { groups: ['all'] } }), ['NEW ACTIVE *']);
    const database = `arn:aws:rds:us-east-1:${HOME}:snapshot:one`;
    const attributes = { restore: { accountIds: [VENDOR] } };
    assert.deepEqual(await preview(client, database, { rdsDbSnapshot: { attributes } }), [
      `NEW ACTIVE ${VENDOR}`,
    ]);
  }));

test('A rule would archive a new finding', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    await client.send(
      new CreateArchiveRuleCommand({
        analyzerName: 'external',
        ruleName: 'vendor',
        filter: { 'principal.AWS': { eq: [VENDOR] } },
      }),
    );
    const trustPolicy = trustAccount(VENDOR);
    assert.deepEqual(await preview(client, `arn:aws:iam::${HOME}:role/fresh`, { iamRole: { trustPolicy } }), [
      `NEW ARCHIVED ${VENDOR}`,
    ]);
  }));

test('What cannot be is FAILED; what is asked wrongly is refused', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    for (const [arn, configuration] of [
      [PUBLIC_BUCKET, { s3Bucket: { bucketPolicy: 'not a policy' } }],
      [PUBLIC_BUCKET, { sqsQueue: { queuePolicy: '' } }],
      [`arn:aws:iam::${HOME}:role/fresh`, { iamRole: {} }],
      ['arn:aws:sqs:us-east-1:999988887777:jobs', { sqsQueue: { queuePolicy: '' } }],
    ] as const) {
      const id = await create(client, arn, configuration);
      assert.equal(await statusOf(client, id), 'CREATING');
      assert.equal(await statusOf(client, id), 'FAILED', arn);
    }
    await assert.rejects(
      client.send(
        new CreateAccessPreviewCommand({
          analyzerArn: UNUSED,
          configurations: { [PUBLIC_BUCKET]: { s3Bucket: {} } },
        }),
      ),
      rejectsWith('ValidationException', 400),
    );
    await assert.rejects(
      client.send(new CreateAccessPreviewCommand({ analyzerArn: EXTERNAL, configurations: {} })),
      rejectsWith('ValidationException', 400),
    );
    await assert.rejects(
      statusOf(client, '00000000-0000-0000-0000-000000000000'),
      rejectsWith('ResourceNotFoundException', 404),
    );
  }));

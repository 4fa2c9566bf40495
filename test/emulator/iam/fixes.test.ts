import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AccessAnalyzerClient,
  paginateListFindingsV2,
  StartResourceScanCommand,
} from '@aws-sdk/client-accessanalyzer';
import {
  DeleteLoginProfileCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  type IAMClient,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { trustAccount } from '../../../src/emulator/world/statement.ts';
import { accessAnalyzer, everyPage, iam, withEmulator } from '../harness.ts';
import { EXTERNAL, HOME, UNUSED, VENDOR } from '../small-world.ts';

/** What IAM changes, the analyzers see: at the daily pass, or at a scan. */

const statusesOf = async (
  client: AccessAnalyzerClient,
  analyzerArn: string,
  type: string,
  resource: string,
) => {
  const all = await everyPage(
    paginateListFindingsV2({ client }, { analyzerArn }),
    ({ findings }) => findings,
  );
  return all
    .filter((finding) => finding.findingType === type && finding.resource?.endsWith(resource) === true)
    .map(({ status }) => status)
    .sort();
};

const FIXES: readonly (readonly [string, string, (client: IAMClient) => Promise<unknown>])[] = [
  [
    'UnusedIAMUserAccessKey',
    'user/human',
    async (client) => {
      const { AccessKeyMetadata } = await client.send(new ListAccessKeysCommand({ UserName: 'human' }));
      const AccessKeyId = AccessKeyMetadata?.[0]?.AccessKeyId;
      return client.send(new UpdateAccessKeyCommand({ UserName: 'human', AccessKeyId, Status: 'Inactive' }));
    },
  ],
  [
    'UnusedIAMUserPassword',
    'user/human',
    (client) => client.send(new DeleteLoginProfileCommand({ UserName: 'human' })),
  ],
  [
    'UnusedIAMRole',
    'role/partner/partner-1',
    (client) => client.send(new DeleteRoleCommand({ RoleName: 'partner-1' })),
  ],
  [
    'UnusedPermission',
    'role/app',
    async (client) => {
      await client.send(
        new DetachRolePolicyCommand({ RoleName: 'app', PolicyArn: `arn:aws:iam::${HOME}:policy/app-access` }),
      );
      return client.send(new DeleteRolePolicyCommand({ RoleName: 'app', PolicyName: 'extra' }));
    },
  ],
];

for (const [type, resource, fix] of FIXES) {
  test(`${type} is resolved by the next daily pass after its fix`, () =>
    withEmulator({}, async (emulator) => {
      const analyzer = accessAnalyzer(emulator);
      assert.deepEqual(await statusesOf(analyzer, UNUSED, type, resource), ['ACTIVE']);
      await fix(iam(emulator));
      assert.deepEqual(await statusesOf(analyzer, UNUSED, type, resource), ['ACTIVE']);
      emulator.runDailyPass();
      assert.deepEqual(await statusesOf(analyzer, UNUSED, type, resource), ['RESOLVED']);
    }));
}

test('external access by a trust policy is resolved by a scan; changed, it comes back as a new finding', () =>
  withEmulator({}, async (emulator) => {
    const analyzer = accessAnalyzer(emulator);
    const resourceArn = `arn:aws:iam::${HOME}:role/partner/partner-1`;
    const trust = (PolicyDocument: string): Promise<unknown> =>
      iam(emulator).send(new UpdateAssumeRolePolicyCommand({ RoleName: 'partner-1', PolicyDocument }));
    const scan = (): Promise<unknown> =>
      analyzer.send(new StartResourceScanCommand({ analyzerArn: EXTERNAL, resourceArn }));
    const statuses = () => statusesOf(analyzer, EXTERNAL, 'ExternalAccess', 'partner-1');

    await trust(trustAccount(VENDOR, { StringEquals: { 'sts:ExternalId': 'x' } }));
    await scan();
    assert.deepEqual(await statuses(), ['ACTIVE', 'RESOLVED']);
    await trust(trustAccount(HOME));
    await scan();
    assert.deepEqual(await statuses(), ['RESOLVED', 'RESOLVED']);
  }));

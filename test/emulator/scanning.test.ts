import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  GetAnalyzedResourceCommand,
  GetFindingsStatisticsCommand,
  ListFindingsV2Command,
  paginateListAnalyzedResources,
  StartResourceScanCommand,
} from '@aws-sdk/client-accessanalyzer';
import { accessAnalyzer, everyPage, rejectsWith, withEmulator } from './harness.ts';
import { DAY, DISABLED, EXTERNAL, HOME, INTERNAL, PUBLIC_BUCKET, START, UNUSED } from './small-world.ts';

test('A scan shows after its time, not before', () =>
  withEmulator({ scanMs: 5000 }, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const resource = emulator.world.accounts.get(HOME)?.resources.get(PUBLIC_BUCKET);
    assert.ok(resource);
    delete resource.policy;
    const status = async () => {
      const filter = { resource: { eq: [PUBLIC_BUCKET] } };
      const { findings } = await client.send(new ListFindingsV2Command({ analyzerArn: EXTERNAL, filter }));
      return findings?.map((finding) => finding.status);
    };
    await client.send(new StartResourceScanCommand({ analyzerArn: EXTERNAL, resourceArn: PUBLIC_BUCKET }));
    assert.deepEqual(await status(), ['ACTIVE']);
    emulator.advance(4999);
    assert.deepEqual(await status(), ['ACTIVE']);
    emulator.advance(1);
    assert.deepEqual(await status(), ['RESOLVED']);
  }));

test('A scan is for external analyzers and for resources that there are', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const scan = (input: { analyzerArn?: string; resourceArn?: string; resourceOwnerAccount?: string }) =>
      client.send(
        new StartResourceScanCommand({ analyzerArn: EXTERNAL, resourceArn: PUBLIC_BUCKET, ...input }),
      );
    await assert.rejects(scan({ analyzerArn: UNUSED }), rejectsWith('ValidationException', 400));
    await assert.rejects(
      scan({ analyzerArn: DISABLED }),
      rejectsWith('ValidationException', 400, /DISABLED/),
    );
    await assert.rejects(
      scan({ resourceArn: 'arn:aws:s3:::nowhere' }),
      rejectsWith('ResourceNotFoundException', 404),
    );
    await assert.rejects(
      scan({ resourceOwnerAccount: '999988887777' }),
      rejectsWith('ValidationException', 400),
    );
  }));

test('Unused access moves with the daily pass, and what is resolved is deleted after 90 days', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const filter = { findingType: { eq: ['UnusedIAMUserPassword'] } };
    const statuses = async () => {
      const { findings } = await client.send(new ListFindingsV2Command({ analyzerArn: UNUSED, filter }));
      return findings?.map(({ status }) => status);
    };
    const user = emulator.world.accounts.get(HOME)?.users.get('human');
    assert.ok(user);
    delete user.loginProfile;
    assert.deepEqual(await statuses(), ['ACTIVE']);
    emulator.advance(DAY);
    assert.deepEqual(await statuses(), ['RESOLVED']);
    emulator.advance(89 * DAY);
    assert.deepEqual(await statuses(), ['RESOLVED']);
    emulator.advance(DAY);
    assert.deepEqual(await statuses(), []);
  }));

test('Analyzed resources: with findings and without', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const pages = paginateListAnalyzedResources({ client, pageSize: 2 }, { analyzerArn: EXTERNAL });
    const resources = await everyPage(pages, ({ analyzedResources }) => analyzedResources);
    assert.equal(resources.length, 7, 'two buckets and five roles');
    const { resource } = await client.send(
      new GetAnalyzedResourceCommand({ analyzerArn: EXTERNAL, resourceArn: PUBLIC_BUCKET }),
    );
    assert.deepEqual(
      [resource?.isPublic, resource?.status, resource?.actions],
      [true, 'ACTIVE', ['s3:GetObject']],
    );
    assert.equal(resource?.analyzedAt?.getTime(), START);
    const { resource: app } = await client.send(
      new GetAnalyzedResourceCommand({ analyzerArn: EXTERNAL, resourceArn: `arn:aws:iam::${HOME}:role/app` }),
    );
    assert.deepEqual([app?.isPublic, app?.status], [false, undefined]);
    await assert.rejects(
      client.send(
        new GetAnalyzedResourceCommand({ analyzerArn: EXTERNAL, resourceArn: 'arn:aws:s3:::nowhere' }),
      ),
      rejectsWith('ResourceNotFoundException', 404),
    );
  }));

test('Statistics of each kind of analyzer agree with its findings', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const statistics = async (analyzerArn: string) =>
      (await client.send(new GetFindingsStatisticsCommand({ analyzerArn }))).findingsStatistics?.[0];
    const external = (await statistics(EXTERNAL))?.externalAccessFindingsStatistics;
    assert.equal(external?.totalActiveFindings, 6);
    assert.deepEqual(external?.resourceTypeStatistics?.['AWS::S3::Bucket'], {
      totalActivePublic: 1,
      totalActiveCrossAccount: 1,
      totalActiveErrors: 0,
    });
    const unused = (await statistics(UNUSED))?.unusedAccessFindingsStatistics;
    const { findings = [] } = await client.send(new ListFindingsV2Command({ analyzerArn: UNUSED }));
    assert.equal(unused?.totalActiveFindings, findings.length);
    assert.equal(unused?.topAccounts?.[0]?.account, HOME);
    const byType = unused?.unusedAccessTypeStatistics ?? [];
    assert.equal(
      byType.reduce((sum, { total = 0 }) => sum + total, 0),
      findings.length,
    );
    const internal = (await statistics(INTERNAL))?.internalAccessFindingsStatistics;
    const inside = await client.send(new ListFindingsV2Command({ analyzerArn: INTERNAL }));
    assert.equal(internal?.totalActiveFindings, inside.findings?.length);
  }));

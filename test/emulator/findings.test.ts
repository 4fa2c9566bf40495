import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  GetFindingCommand,
  GetFindingV2Command,
  ListFindingsCommand,
  ListFindingsV2Command,
  paginateGetFindingV2,
  paginateListFindings,
} from '@aws-sdk/client-accessanalyzer';
import { accessAnalyzer, everyPage, rejectsWith, withEmulator } from './harness.ts';
import { DISABLED, EXTERNAL, INTERNAL, PUBLIC_BUCKET, UNUSED } from './small-world.ts';

test('ListFindings gives external findings with all that a row needs', () =>
  withEmulator({}, async (emulator) => {
    const { findings = [] } = await accessAnalyzer(emulator).send(
      new ListFindingsCommand({ analyzerArn: EXTERNAL, filter: { isPublic: { eq: ['true'] } } }),
    );
    assert.equal(findings.length, 1);
    const [found] = findings;
    assert.equal(found?.resource, PUBLIC_BUCKET);
    assert.deepEqual(found?.principal, { AWS: '*' });
    assert.deepEqual(found?.action, ['s3:GetObject']);
    assert.deepEqual(found?.condition, {});
    assert.equal(found?.status, 'ACTIVE');
    assert.ok(found?.updatedAt instanceof Date);
  }));

test('Listing pages through everything once, whatever the page size and order', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const ids = async (pageSize: number, sort?: { attributeName: string; orderBy: 'ASC' | 'DESC' }) => {
      const pages = paginateListFindings(
        { client, pageSize },
        { analyzerArn: EXTERNAL, ...(sort && { sort }) },
      );
      return (await everyPage(pages, ({ findings }) => findings)).map(({ id }) => id);
    };
    const all = await ids(100);
    assert.equal(new Set(all).size, 6);
    assert.deepEqual(await ids(1), all);
    assert.deepEqual(await ids(4), all);
    const byResource = await ids(100, { attributeName: 'resource', orderBy: 'ASC' });
    assert.deepEqual([...byResource].sort(), [...all].sort());
    assert.deepEqual(await ids(2, { attributeName: 'resource', orderBy: 'ASC' }), byResource);
  }));

test('ListFindingsV2 rows carry none of the details; GetFindingV2 does, page by page', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const { findings = [] } = await client.send(
      new ListFindingsV2Command({
        analyzerArn: UNUSED,
        filter: { findingType: { eq: ['UnusedPermission'] } },
      }),
    );
    const id = findings[0]?.id ?? '';
    assert.equal('principal' in (findings[0] ?? {}), false);
    const pages = paginateGetFindingV2({ client, pageSize: 1 }, { analyzerArn: UNUSED, id });
    const details = await everyPage(pages, ({ findingDetails }) => findingDetails);
    const services = details.map((detail) => detail.unusedPermissionDetails?.serviceNamespace);
    assert.deepEqual([...services].sort(), ['bedrock', 'dynamodb', 'sqs']);
  }));

test('Version 1 operations serve external analyzers only', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    for (const analyzerArn of [UNUSED, INTERNAL]) {
      await assert.rejects(
        client.send(new ListFindingsCommand({ analyzerArn })),
        rejectsWith('ValidationException', 400),
      );
      await assert.rejects(
        client.send(new GetFindingCommand({ analyzerArn, id: 'x' })),
        rejectsWith('ValidationException', 400),
      );
    }
  }));

test('A finding that is not there is a 404, and a DISABLED analyzer shows nothing', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    await assert.rejects(
      client.send(new GetFindingV2Command({ analyzerArn: EXTERNAL, id: 'nobody' })),
      rejectsWith('ResourceNotFoundException', 404),
    );
    const { findings } = await client.send(new ListFindingsV2Command({ analyzerArn: DISABLED }));
    assert.deepEqual(findings, []);
  }));

test('Sort names and page tokens that make no sense are refused', () =>
  withEmulator({}, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const analyzerArn = EXTERNAL;
    const refused = rejectsWith('ValidationException', 400);
    await assert.rejects(
      client.send(new ListFindingsV2Command({ analyzerArn, sort: { attributeName: 'colour' } })),
      refused,
    );
    await assert.rejects(client.send(new ListFindingsV2Command({ analyzerArn, nextToken: 'x' })), refused);
    const { nextToken = '' } = await client.send(new ListFindingsCommand({ analyzerArn, maxResults: 1 }));
    await assert.rejects(
      client.send(new ListFindingsCommand({ analyzerArn, nextToken, filter: { error: { exists: false } } })),
      refused,
    );
  }));

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ListFindingsCommand,
  ListFindingsV2Command,
  StartResourceScanCommand,
  UpdateFindingsCommand,
} from '@aws-sdk/client-accessanalyzer';
import { startEmulator, type EmulatorOptions } from '../../src/emulator/server.ts';
import { accessAnalyzer, rejectsWith, withEmulator } from './harness.ts';
import { createSmallWorld, DAY, EXTERNAL, PUBLIC_BUCKET, START } from './small-world.ts';

/** Every finding of every analyzer, as the ledgers have them. */
const everything = (options: Partial<EmulatorOptions>) =>
  withEmulator(options, async ({ estate }) =>
    [...estate.analyzers.values()].map(({ arn, ledger }) => [
      arn,
      ...Array.from({ length: ledger.size }, (_, slot) => ledger.at(slot)),
    ]),
  );

test('The demo: the same seed and start give the same findings, another seed others', async () => {
  const first = await everything({ world: 'demo', seed: 3 });
  assert.deepEqual(await everything({ world: 'demo', seed: 3 }), first);
  assert.notDeepEqual(await everything({ world: 'demo', seed: 4 }), first);
});

test('The demo has findings of every status; those that were fixed were so before the start', async () => {
  const findings = (await everything({ world: 'demo' })).flat().filter((each) => typeof each === 'object');
  const statuses = new Set(findings.map(({ status }) => status));
  assert.deepEqual([...statuses].sort(), ['ACTIVE', 'ARCHIVED', 'RESOLVED']);
  for (const { status, updatedAt, createdAt, analyzedAt } of findings) {
    assert.ok(createdAt <= updatedAt && updatedAt <= START && analyzedAt <= START);
    if (status === 'RESOLVED') assert.ok(updatedAt >= START - 90 * DAY && updatedAt < START);
  }
});

test('A plain world is paged, changed and found again by id', () =>
  withEmulator({ world: { findings: 20_000 } }, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const [analyzer] = emulator.estate.analyzers.values();
    assert.equal(analyzer?.ledger.size, 2000);
    const analyzerArn = analyzer.arn;
    const seen = new Set<string | undefined>();
    let nextToken: string | undefined;
    do {
      const page = await client.send(
        new ListFindingsCommand({ analyzerArn, maxResults: 1000, ...(nextToken && { nextToken }) }),
      );
      for (const { id } of page.findings ?? []) seen.add(id);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    assert.equal(seen.size, 2000);
    const active = await client.send(
      new ListFindingsV2Command({ analyzerArn, filter: { status: { eq: ['ACTIVE'] } }, maxResults: 3 }),
    );
    const ids = active.findings?.map(({ id }) => id ?? '') ?? [];
    await client.send(new UpdateFindingsCommand({ analyzerArn, ids, status: 'ARCHIVED' }));
    const read = await client.send(new ListFindingsV2Command({ analyzerArn, filter: { id: { eq: ids } } }));
    assert.deepEqual(
      read.findings?.map(({ status, updatedAt }) => [status, updatedAt?.getTime()]),
      ids.map(() => ['ARCHIVED', START]),
    );
  }));

test('A port that is taken, or a number of findings out of bounds, is an error at the start', () =>
  withEmulator({}, async (emulator) => {
    const port = Number(new URL(emulator.url).port);
    await assert.rejects(startEmulator({ world: { findings: 10 }, port }), { code: 'EADDRINUSE' });
    await assert.rejects(startEmulator({ world: { findings: -1 } }), RangeError);
  }));

test('A bug in the emulator is an answer that names itself', () => {
  const broken = createSmallWorld();
  const { world, source } = broken;
  if (source.kind !== 'derived') throw new Error('the small world is derived');
  const findingsOf = () => {
    throw new TypeError('nothing is as it should be');
  };
  return withEmulator({ world: { world, source: { ...source, findingsOf } } }, async (emulator) => {
    const client = accessAnalyzer(emulator);
    await client.send(new StartResourceScanCommand({ analyzerArn: EXTERNAL, resourceArn: PUBLIC_BUCKET }));
    await assert.rejects(
      client.send(new ListFindingsCommand({ analyzerArn: EXTERNAL })),
      rejectsWith('InternalFailure', 500, /nothing is as it should be/),
    );
    assert.ok((await client.send(new ListFindingsCommand({ analyzerArn: EXTERNAL }))).findings?.length);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  GetAnalyzerCommand,
  ListAnalyzersCommand,
  UpdateFindingsCommand,
} from '@aws-sdk/client-accessanalyzer';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { accessAnalyzer, rejectsWith, sts, withEmulator } from './harness.ts';
import { EXTERNAL, PUBLIC_BUCKET } from './small-world.ts';

const LIST = new ListAnalyzersCommand({});

test('Throttling carries Retry-After, strikes so often, and the SDK gets over it', () =>
  withEmulator({}, async (emulator) => {
    emulator.faults.add({ kind: 'throttle', operation: 'ListAnalyzers', times: 2, retryAfter: 7 });
    await assert.rejects(accessAnalyzer(emulator).send(LIST), (error: unknown) => {
      assert.ok(rejectsWith('ThrottlingException', 429)(error));
      assert.equal((error as { retryAfterSeconds?: number }).retryAfterSeconds, 7);
      return true;
    });
    emulator.faults.clear();
    emulator.faults.add({ kind: 'throttle', times: 1, retryAfter: 0 });
    const { analyzers } = await accessAnalyzer(emulator, { maxAttempts: 3 }).send(LIST);
    assert.equal(analyzers?.length, 4);
    assert.deepEqual(emulator.log.report().statuses, { '200': 1, '429': 2 });
  }));

test('Each refusal has its name and status, in JSON and in XML', () =>
  withEmulator({}, async (emulator) => {
    for (const [kind, name, status, queryName] of [
      ['error500', 'InternalServerException', 500, 'InternalFailure'],
      ['denied', 'AccessDeniedException', 403, 'AccessDenied'],
      ['expired', 'ExpiredTokenException', 403, 'ExpiredToken'],
    ] as const) {
      emulator.faults.add({ kind, times: 2 });
      await assert.rejects(accessAnalyzer(emulator).send(LIST), rejectsWith(name, status));
      await assert.rejects(
        sts(emulator).send(new GetCallerIdentityCommand({})),
        rejectsWith(queryName, status),
      );
    }
    assert.equal((await accessAnalyzer(emulator).send(LIST)).analyzers?.length, 4);
  }));

test('Throttling under another name', () =>
  withEmulator({}, async (emulator) => {
    emulator.faults.add({ kind: 'throttle', code: 'TooManyRequestsException' });
    await assert.rejects(accessAnalyzer(emulator).send(LIST), rejectsWith('TooManyRequestsException', 429));
  }));

test('An emulator closes although a request hangs', async () => {
  const hanging = await withEmulator({}, async (emulator) => {
    emulator.faults.add({ kind: 'slow', ms: 3_600_000 });
    const request = accessAnalyzer(emulator).send(LIST).then(String, String);
    while (emulator.log.report().total === 0) await new Promise(setImmediate);
    return { request };
  });
  assert.match(await hanging.request, /ECONNRESET|socket hang up/);
});

test('Dropped, truncated and HTML answers are no answers', () =>
  withEmulator({}, async (emulator) => {
    for (const kind of ['drop', 'truncate', 'html'] as const) {
      const id = emulator.faults.add({ kind });
      await assert.rejects(accessAnalyzer(emulator).send(LIST), Error, kind);
      assert.equal(emulator.faults.remove(id), true);
    }
    assert.equal((await accessAnalyzer(emulator).send(LIST)).analyzers?.length, 4);
  }));

test('A lost answer: the change happened, and only its answer is gone', () =>
  withEmulator({}, async (emulator) => {
    const analyzer = emulator.estate.analyzers.get(EXTERNAL);
    const [slot = -1] = analyzer?.ledger.slotsOf(PUBLIC_BUCKET) ?? [];
    const archive = () =>
      accessAnalyzer(emulator).send(
        new UpdateFindingsCommand({ analyzerArn: EXTERNAL, status: 'ARCHIVED', resourceArn: PUBLIC_BUCKET }),
      );
    emulator.faults.add({ kind: 'drop', operation: 'UpdateFindings', times: 1 });
    await assert.rejects(archive());
    assert.equal(analyzer?.ledger.at(slot)?.status, 'ACTIVE');
    emulator.faults.add({ kind: 'drop', operation: 'UpdateFindings', times: 1, executed: true });
    await assert.rejects(archive());
    assert.equal(analyzer?.ledger.at(slot)?.status, 'ARCHIVED');
  }));

test('Faults keep to their operation, Region, service and turn', () =>
  withEmulator({}, async (emulator) => {
    emulator.faults.add({ kind: 'denied', operation: 'GetAnalyzer', region: 'eu-west-1', after: 1 });
    const get = (region: string) =>
      accessAnalyzer(emulator, { region }).send(new GetAnalyzerCommand({ analyzerName: 'external' }));
    await get('us-east-1');
    await get('eu-west-1');
    await assert.rejects(get('eu-west-1'), rejectsWith('AccessDeniedException', 403));
    await accessAnalyzer(emulator, { region: 'eu-west-1' }).send(LIST);
    emulator.faults.add({ kind: 'denied', service: 'sts' });
    await get('us-east-1');
    await assert.rejects(
      sts(emulator).send(new GetCallerIdentityCommand({})),
      rejectsWith('AccessDenied', 403),
    );
  }));

test('A slow answer is the right one, later', () =>
  withEmulator({}, async (emulator) => {
    emulator.faults.add({ kind: 'slow', ms: 60, times: 1 });
    const begun = performance.now();
    const { analyzers } = await accessAnalyzer(emulator).send(LIST);
    assert.equal(analyzers?.length, 4);
    assert.ok(performance.now() - begun >= 55);
  }));

test('Latency delays every answer', () =>
  withEmulator({ latencyMs: 40 }, async (emulator) => {
    const client = accessAnalyzer(emulator);
    const begun = performance.now();
    await client.send(LIST);
    await client.send(LIST);
    assert.ok(performance.now() - begun >= 75);
  }));

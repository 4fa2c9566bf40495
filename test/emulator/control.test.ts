import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ListAnalyzersCommand, StartResourceScanCommand } from '@aws-sdk/client-accessanalyzer';
import type { Emulator } from '../../src/emulator/server.ts';
import { accessAnalyzer, rejectsWith, withEmulator } from './harness.ts';
import { EXTERNAL, HOME, PUBLIC_BUCKET, START } from './small-world.ts';

const control = async (emulator: Emulator, request: string, body?: unknown) => {
  const [method = '', path = ''] = request.split(' ');
  const response = await fetch(`${emulator.url}/_emulator/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

test('Faults can be set, seen and cleared over HTTP', () =>
  withEmulator({}, async (emulator) => {
    const fault = { kind: 'denied', operation: 'ListAnalyzers', times: 3 };
    const { body } = await control(emulator, 'POST faults', fault);
    const list = () => accessAnalyzer(emulator).send(new ListAnalyzersCommand({}));
    await assert.rejects(list(), rejectsWith('AccessDeniedException', 403));
    const seen = await control(emulator, 'GET faults');
    assert.deepEqual(seen.body, { faults: [{ ...fault, id: body['id'], struck: 1 }] });
    await control(emulator, 'DELETE faults');
    assert.equal((await list()).analyzers?.length, 4);
  }));

test('Time can be let pass over HTTP', () =>
  withEmulator({ scanMs: 9000 }, async (emulator) => {
    const { world, estate } = emulator;
    world.accounts.get(HOME)?.resources.delete(PUBLIC_BUCKET);
    await accessAnalyzer(emulator).send(
      new StartResourceScanCommand({ analyzerArn: EXTERNAL, resourceArn: PUBLIC_BUCKET }),
    );
    await control(emulator, 'POST advance', { ms: 10_000 });
    const ledger = estate.analyzers.get(EXTERNAL)?.ledger;
    const [slot = -1] = ledger?.slotsOf(PUBLIC_BUCKET) ?? [];
    assert.equal(ledger?.at(slot)?.status, 'RESOLVED');
    assert.equal(world.clock.now, START + 10_000);
  }));

test('The log counts requests by operation, Region and status, and can begin anew', () =>
  withEmulator({}, async (emulator) => {
    await accessAnalyzer(emulator).send(new ListAnalyzersCommand({}));
    await accessAnalyzer(emulator, { region: 'eu-west-1' }).send(new ListAnalyzersCommand({}));
    const expected = {
      total: 2,
      operations: { ListAnalyzers: 2 },
      regions: { 'us-east-1 ListAnalyzers': 1, 'eu-west-1 ListAnalyzers': 1 },
      statuses: { '200': 2 },
    };
    assert.deepEqual((await control(emulator, 'GET log')).body, expected);
    await control(emulator, 'DELETE log');
    assert.equal((await control(emulator, 'GET log')).body['total'], 0);
  }));

test('Controls that make no sense are refused', () =>
  withEmulator({}, async (emulator) => {
    assert.equal((await control(emulator, 'POST faults', { kind: 'earthquake' })).status, 400);
    assert.equal((await control(emulator, 'POST advance', { ms: 'soon' })).status, 400);
    assert.equal((await control(emulator, 'POST advance')).status, 400);
    assert.equal((await control(emulator, 'GET nothing')).status, 404);
    assert.deepEqual(emulator.faults.list(), []);
  }));

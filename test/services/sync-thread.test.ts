import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { createRuntime, type Runtime } from '../../src/services/runtime.ts';
import { createSyncThread, type SyncThread } from '../../src/services/sync-thread.ts';
import { environmentFor, withEmulator } from '../emulator/harness.ts';
import { groundIn } from './ground.ts';

/** The thread of a runtime whose keys, endpoint and folder are not in the environment of this process. */
async function withThread(use: (thread: SyncThread, runtime: Runtime) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'iam-triage-test-'));
  await withEmulator({}, async (emulator) => {
    const runtime = createRuntime(groundIn(home, environmentFor(emulator)));
    const thread = createSyncThread(runtime.ground);
    try {
      await use(thread, runtime);
    } finally {
      thread.stop();
      runtime.close();
      rmSync(home, { recursive: true, force: true });
    }
  });
}

test("the thread of the syncs lives in the runtime's environment, not in the one of the process", async () => {
  await withThread(async (thread, runtime) => {
    const report = await thread.run(false, () => undefined);
    assert.ok(report.ok, JSON.stringify(report));
    assert.deepEqual(
      report.value.regions.map(({ status }) => status),
      ['ok'],
    );
    const store = runtime.store();
    assert.ok(store.ok);
    assert.ok(store.value.summary().analyzers.length > 0);
  });
});

test('syncs that are asked for together run one after the other', async () => {
  await withThread(async (thread) => {
    const said: string[] = [];
    const [first, second] = await Promise.all([
      thread.run(true, () => said.push('first')),
      thread.run(false, () => said.push('second')),
    ]);
    assert.ok(first.ok && second.ok);
    assert.ok(first.value.findings > 0);
    assert.ok(said.lastIndexOf('first') < said.indexOf('second'), said.join(' '));
  });
});

test('a sync that is stopped says so, and the next one runs', async () => {
  await withThread(async (thread) => {
    const stopped = thread.run(true, () => thread.stop());
    const next = thread.run(true, () => undefined);
    const result = await stopped;
    assert.ok(!result.ok);
    assert.equal(result.problem.kind, 'cancelled');
    assert.equal((await next).ok, true);
  });
});

test('a sync that is cancelled ends, with what it had', async () => {
  await withThread(async (thread) => {
    const result = await thread.run(true, () => thread.cancel());
    assert.ok(
      !result.ok || result.value.regions.some(({ status }) => status !== 'ok'),
      JSON.stringify(result),
    );
  });
});

test('a sync does not set the store aside under the program that has it open', async () => {
  await withThread(async (thread, runtime) => {
    assert.ok(runtime.store().ok);
    writeFileSync(`${runtime.paths.store}.damaged`, '');
    const result = await thread.run(false, () => undefined);
    assert.equal(result.ok ? undefined : result.problem.kind, 'store-unusable');
    assert.deepEqual(
      readdirSync(dirname(runtime.paths.store)).filter((name) => name.includes('.corrupt-')),
      [],
    );
  });
});

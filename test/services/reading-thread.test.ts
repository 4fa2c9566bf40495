import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createQuery } from '../../src/cli/query.ts';
import { createChangeService, type ChangeService } from '../../src/services/change-service.ts';
import { isShort } from '../../src/services/reading.ts';
import { createReadingThread, type ReadingThread } from '../../src/services/reading-thread.ts';
import { createRuntime, type Runtime } from '../../src/services/runtime.ts';
import { syncRuntime } from '../../src/services/sync-service.ts';
import { environmentFor, withEmulator } from '../emulator/harness.ts';

interface Ground {
  readonly runtime: Runtime;
  readonly service: ChangeService;
  readonly thread: ReadingThread;
}

/** More findings than are changed by the few requests that are planned for between two frames. */
const MANY = 3_000;

async function withMany(use: (ground: Ground) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'iam-triage-test-'));
  await withEmulator({ world: { findings: MANY } }, async (emulator) => {
    const runtime = createRuntime({
      env: { HOME: home, IAM_TRIAGE_HOME: home, ...environmentFor(emulator) },
      cwd: home,
      profiles: [],
      regions: ['us-east-1', 'eu-west-1'],
      readOnly: false,
      offline: false,
      demo: false,
    });
    const thread = createReadingThread(runtime);
    try {
      const { signal } = new AbortController();
      const synced = await syncRuntime(runtime, { full: true, signal, onProgress: () => undefined });
      assert.ok(synced.ok);
      await use({ runtime, service: createChangeService(runtime), thread });
    } finally {
      thread.stop();
      runtime.close();
      rmSync(home, { recursive: true, force: true });
    }
  });
}

/** Archives so many findings; the number of the entry. */
async function archive({ runtime, service }: Ground, count: number): Promise<number> {
  const store = storeOf(runtime);
  const all = [...store.findingsOf(createQuery(runtime, store, { kind: 'all' }))];
  const active = all.filter(({ status }) => status === 'ACTIVE').slice(0, count);
  const done = await service.run(service.planArchive(active, 'ARCHIVED'));
  assert.ok(done.ok, JSON.stringify(done));
  assert.equal(done.value.state, 'done');
  return done.value.id;
}

function storeOf(runtime: Runtime) {
  const store = runtime.store();
  assert.ok(store.ok);
  return store.value;
}

/** Findings that were read back and saved on this thread while it ran. */
async function savedHere(t: TestContext, runtime: Runtime, run: () => Promise<unknown>): Promise<number> {
  const saving = t.mock.method(storeOf(runtime), 'saveFinding');
  await run();
  saving.mock.restore();
  return saving.mock.callCount();
}

test('the undo of many changes is read back and planned on a thread of its own, and is the same plan', async (t) => {
  await withMany(async (ground) => {
    const { runtime, service, thread } = ground;
    const entry = await archive(ground, MANY);
    let planned: Awaited<ReturnType<ReadingThread['planUndo']>> | undefined;
    const saved = await savedHere(t, runtime, async () => (planned = await thread.planUndo()));
    assert.equal(saved, 0);
    assert.ok(planned?.ok, JSON.stringify(planned));
    assert.deepEqual(planned, await service.planUndo(entry));
    assert.ok((await service.run(planned.value)).ok);
    assert.deepEqual(await thread.planRedo(), await service.planRedo());
  });
});

test('the undo of a few is planned at once, as long as no large change has to be read to find it', async (t) => {
  await withMany(async (ground) => {
    const { runtime, thread } = ground;
    const small = await archive(ground, 3);
    assert.equal(await savedHere(t, runtime, () => thread.planUndo()), 3);
    const large = await archive(ground, MANY);
    assert.equal(isShort({ kind: 'plan-undo' }, runtime), false);
    assert.equal(isShort({ kind: 'plan-redo' }, runtime), false);
    assert.equal(isShort({ kind: 'plan-finish', entryId: large }, runtime), false);
    assert.equal(isShort({ kind: 'plan-undo', entryId: small }, runtime), true);
  });
});

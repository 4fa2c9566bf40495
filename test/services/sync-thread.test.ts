import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createRuntime } from '../../src/services/runtime.ts';
import { createSyncThread } from '../../src/services/sync-thread.ts';
import { environmentFor, withEmulator } from '../emulator/harness.ts';

test("the thread of the syncs lives in the runtime's environment, not in the one of the process", async () => {
  const home = mkdtempSync(join(tmpdir(), 'iam-triage-test-'));
  await withEmulator({}, async (emulator) => {
    const runtime = createRuntime({
      // Keys, endpoint and folder: nothing of it is set in this process.
      env: { HOME: home, IAM_TRIAGE_HOME: home, ...environmentFor(emulator) },
      cwd: home,
      profiles: [],
      regions: ['us-east-1'],
      readOnly: false,
      offline: false,
      demo: false,
    });
    const thread = createSyncThread(runtime.ground);
    try {
      const report = await thread.run(false, () => undefined);
      assert.ok(report.ok, JSON.stringify(report));
      assert.deepEqual(
        report.value.regions.map(({ status }) => status),
        ['ok'],
      );
      const store = runtime.store();
      assert.ok(store.ok);
      assert.ok(store.value.summary().analyzers.length > 0);
    } finally {
      thread.stop();
      runtime.close();
      rmSync(home, { recursive: true, force: true });
    }
  });
});

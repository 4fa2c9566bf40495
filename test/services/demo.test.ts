import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startDemo } from '../../src/services/demo.ts';

test('the demo keeps its files apart from those of the real AWS, and cleans up behind itself', async () => {
  const home = mkdtempSync(join(tmpdir(), 'iam-triage-test-'));
  const kept = await startDemo({ IAM_TRIAGE_HOME: home });
  await kept.stop();
  assert.equal(kept.env['IAM_TRIAGE_HOME'], join(home, 'demo'));
  assert.ok(existsSync(join(home, 'demo', 'settings.json')) && !existsSync(join(home, 'settings.json')));
  rmSync(home, { recursive: true });
  const passing = await startDemo({ IAM_TRIAGE_HOME: '' });
  const folder = passing.env['IAM_TRIAGE_HOME'] ?? '';
  assert.ok(existsSync(folder));
  await passing.stop();
  assert.ok(!existsSync(folder));
});

test('a demo that cannot begin ends its thread', async () => {
  await assert.rejects(startDemo({ IAM_TRIAGE_HOME: '/dev/null/x' }));
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { AwsGateway } from '../../src/aws/gateway.ts';
import { createRuntime } from '../../src/services/runtime.ts';
import { groundIn } from './ground.ts';

test('a runtime that is closed closes the connections to AWS', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'iam-triage-test-'));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  const runtime = createRuntime(
    groundIn(home, { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' }),
  );
  const gateway = await runtime.gateway();
  assert.ok(gateway.ok, JSON.stringify(gateway));
  const close = t.mock.method(gateway.value as AwsGateway, 'close');
  runtime.close();
  await runtime.gateway();
  assert.equal(close.mock.callCount(), 1);
});

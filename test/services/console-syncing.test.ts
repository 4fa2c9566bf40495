import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProblemError, type Problem } from '../../src/domain/problem.ts';
import { createSyncing } from '../../src/services/console-syncing.ts';
import type { Runtime } from '../../src/services/runtime.ts';

test('details that cannot be asked for are a problem that is said, not a crash', async () => {
  const unusable: Problem = { kind: 'store-unusable', message: 'The store is damaged.' };
  const runtime = {
    ground: {},
    offline: false,
    store: () => {
      throw new ProblemError(unusable);
    },
  } as unknown as Runtime;
  const syncing = createSyncing(runtime);
  const ref = { profile: 'default', region: 'us-east-1', analyzerArn: 'arn', id: 'f' };
  const said = await new Promise<Problem>((resolve) =>
    syncing.wantDetails([ref], { onArrived: () => undefined, onProblem: resolve }),
  );
  assert.deepEqual(said, unusable);
  syncing.stop();
});

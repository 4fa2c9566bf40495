import assert from 'node:assert/strict';
import test from 'node:test';
import type { Finding } from '../../src/domain/finding.ts';
import { type Problem, ProblemError } from '../../src/domain/problem.ts';
import { CHUNK_SIZE } from '../../src/triage/batches.ts';
import { planArchive } from '../../src/triage/plan-archive.ts';
import { planScan } from '../../src/triage/plan-scan.ts';
import { type PlanProgress, runPlan } from '../../src/triage/run-plan.ts';
import { prepareUndo } from '../../src/triage/undo.ts';
import { ANALYZER, finding, lineDiesAt, type MemoryStore, stored } from './fakes.ts';
import { need, outcomesOf, setUp } from './setup.ts';

const DENIED: Problem = { kind: 'denied', message: 'Not allowed.' };
const EUROPE = { profile: 'default', region: 'eu-west-1' };
const many = (count: number, analyzerArn = ANALYZER) =>
  Array.from({ length: count }, (_, index) => finding(`f${index}`, { analyzerArn }));
const reasonOf = (store: MemoryStore, one: Finding) => store.decision(stored(one).exposureId)?.reason;
const planOf = (findings: ReturnType<typeof many>, reason?: string) =>
  planArchive({
    findings: findings.map((one) => stored(one)),
    to: 'ARCHIVED',
    ...(reason === undefined ? {} : { reason }),
  });

test('the whole plan is in the journal before the first request, and each request before it is sent', async () => {
  const { gateway, journal, run } = setUp([finding('a'), finding('b')]);
  const written: string[] = [];
  journal.afterWrite = (what) => written.push(`${what} after ${gateway.calls.length} calls`);
  await run(planOf([finding('a'), finding('b')]));
  assert.deepEqual(written, [
    'open after 0 calls',
    'sent after 1 calls',
    'done after 3 calls',
    'close after 3 calls',
  ]);
});

test('archives, reads back, stores what was read and the reason', async () => {
  const a = finding('a');
  const { store, archive, gateway } = setUp([a, finding('b')]);
  store.saveDecisions([{ exposureId: stored(a).exposureId, ticket: 'SEC-1', decidedAt: 1 }]);
  const entry = await archive(['a'], 'partner');
  assert.equal(entry.state, 'done');
  assert.deepEqual(outcomesOf(entry), { a: 'changed' });
  assert.equal(gateway.statusOf('a'), 'ARCHIVED');
  assert.equal(gateway.statusOf('b'), 'ACTIVE');
  assert.equal(store.finding(a)?.status, 'ARCHIVED');
  const decision = store.decision(stored(a).exposureId);
  assert.equal(decision?.reason, 'partner');
  assert.equal(decision?.ticket, 'SEC-1');
});

test('one failing chunk does not stop the others, and the entry says partial', async () => {
  const findings = many(CHUNK_SIZE * 3);
  const { gateway, run } = setUp(findings);
  gateway.fault = ({ method, ids }) =>
    method === 'updateFindings' && ids.includes(`f${CHUNK_SIZE}`)
      ? { kind: 'service', message: 'Internal error.' }
      : undefined;
  const progress: PlanProgress[] = [];
  const entry = await run(planOf(findings), { onProgress: (now) => progress.push(now) });
  assert.equal(entry.state, 'partial');
  assert.deepEqual(
    entry.operations.map(({ state, error }) => [state, error]),
    [
      ['done', undefined],
      ['failed', 'Internal error.'],
      ['done', undefined],
    ],
  );
  assert.equal(entry.operations[1]?.outcomes?.[0]?.after, 'ACTIVE');
  assert.deepEqual(progress.at(-1), { operations: 3, finished: 3, failed: 1, findings: 150, changed: 100 });
});

test('an unknown and a resolved id in a chunk leave the others archived', async () => {
  const findings = many(6);
  const { gateway, store, clock, run } = setUp(findings);
  gateway.remove('f2');
  gateway.setStatus('f4', 'RESOLVED');
  const started = clock.now();
  const entry = await run(planOf(findings, 'partner'));
  assert.deepEqual(outcomesOf(entry), {
    f0: 'changed',
    f1: 'changed',
    f2: 'gone',
    f3: 'changed',
    f4: 'refused',
    f5: 'changed',
  });
  assert.equal(entry.state, 'partial');
  assert.equal(entry.operations[0]?.state, 'done');
  assert.equal(clock.now(), started, 'nobody waits for what cannot move');
  const kept = findings.map((one) => [store.finding(one)?.goneAt !== undefined, reasonOf(store, one)]);
  assert.deepEqual(kept[2], [true, undefined], 'gone, and the reason is not of it');
  assert.deepEqual(kept[4], [false, undefined]);
  assert.deepEqual(kept[5], [false, 'partner']);
  assert.deepEqual(
    gateway.sent().map(({ ids }) => ids),
    [['f0', 'f1', 'f3', 'f5']],
    'nothing is asked for what cannot change',
  );
});

test('what others archived since the plan is not claimed, and its prior state is the true one', async () => {
  const { gateway, run, journal, store, deps } = setUp(many(2));
  gateway.setStatus('f0', 'ARCHIVED');
  const entry = await run(planOf(many(2)));
  assert.deepEqual(outcomesOf(entry), { f0: 'already', f1: 'changed' });
  assert.equal(entry.operations[0]?.outcomes?.[0]?.before, 'ARCHIVED');
  assert.equal(store.finding(finding('f0'))?.status, 'ARCHIVED');
  await run(need(await prepareUndo(deps)));
  assert.deepEqual(
    ['f0', 'f1'].map((id) => gateway.statusOf(id)),
    ['ARCHIVED', 'ACTIVE'],
  );
  assert.equal(journal.entry(1)?.undoneBy, 2);
});

test('where nothing is left to do nothing is sent', async () => {
  const { gateway, run } = setUp(many(2));
  for (const { id } of many(2)) gateway.setStatus(id, 'ARCHIVED');
  const entry = await run(planOf(many(2)));
  assert.equal(entry.state, 'done');
  assert.equal(gateway.sent().length, 0);
});

test('what cannot be looked at is not sent, and so failed', async () => {
  const { gateway, run } = setUp(many(1));
  gateway.fault = () => ({ kind: 'unreachable', message: 'No route to host.' });
  const entry = await run(planOf(many(1)));
  assert.deepEqual(outcomesOf(entry), { f0: 'failed' });
  assert.equal(gateway.calls.length, 1);
});

test('an id that the service refuses for a reason of its own is found by halving, with new tokens', async () => {
  for (const kind of ['invalid', 'conflict', 'not-found'] as const) {
    const findings = many(20);
    const { gateway, clock, run } = setUp(findings);
    gateway.fault = ({ method, ids }) =>
      method === 'updateFindings' && ids.includes('f13') ? { kind, message: 'f13 is odd.' } : undefined;
    const started = clock.now();
    const entry = await run(planOf(findings));
    const outcomes = entry.operations[0]?.outcomes ?? [];
    assert.deepEqual(
      outcomes
        .filter(({ outcome }) => outcome !== 'changed')
        .map(({ ref, outcome, error }) => [ref.id, outcome, error]),
      [['f13', 'refused', 'f13 is odd.']],
    );
    const tokens = gateway.sent().map(({ token }) => token);
    assert.equal(new Set(tokens).size, tokens.length);
    const parts = gateway.sent().map(({ ids }) => ids.join());
    assert.equal(new Set(parts).size, parts.length, 'what was refused is not sent again as it was');
    assert.equal(clock.now(), started, 'nobody waits for what was refused');
  }
});

test('a chunk is not taken apart any further once its parts fail for another reason, or the person cancels', async () => {
  const cancel = new AbortController();
  const ends: readonly (() => Problem | undefined)[] = [
    () => ({ kind: 'throttled', message: 'Slow down.' }),
    () => void cancel.abort(),
  ];
  for (const end of ends) {
    const { gateway, run } = setUp(many(8));
    gateway.fault = ({ method, ids }) => {
      if (method !== 'updateFindings') return undefined;
      if (ids.length === 4) return end();
      return ids.includes('f7') ? { kind: 'invalid', message: 'f7 is odd.' } : undefined;
    };
    const entry = await run(planOf(many(8)), { signal: cancel.signal });
    assert.equal(gateway.sent().length, 2);
    assert.equal(outcomesOf(entry)['f7'], 'failed');
    assert.equal(entry.operations[0]?.state, 'failed');
  }
});

test('a chunk that is refused whatever is in it costs a bounded number of requests', async () => {
  const findings = many(CHUNK_SIZE);
  const { gateway, run } = setUp(findings);
  gateway.fault = ({ method }) =>
    method === 'updateFindings' ? { kind: 'invalid', message: 'No.' } : undefined;
  const entry = await run(planOf(findings));
  assert.equal(entry.state, 'failed');
  assert.ok(gateway.sent().length <= 30, `${gateway.sent().length} requests`);
});

test('a lost answer is not a failure when the truth says that it arrived', async () => {
  const { gateway, run } = setUp(many(3));
  gateway.fault = ({ method }) => (method === 'updateFindings' ? 'lost' : undefined);
  const entry = await run(planOf(many(3)));
  assert.equal(entry.state, 'done');
  assert.deepEqual(outcomesOf(entry), { f0: 'changed', f1: 'changed', f2: 'changed' });
});

test('what was sent and cannot be read back is unknown, never claimed', async () => {
  const { gateway, run } = setUp(many(1));
  gateway.fault = lineDiesAt('updateFindings', { carriedOut: false });
  const entry = await run(planOf(many(1)));
  assert.equal(entry.state, 'partial', 'nobody knows that it failed');
  assert.equal(entry.operations[0]?.state, 'sent');
  assert.deepEqual(outcomesOf(entry), { f0: 'unknown' });
  const [outcome] = entry.operations[0]?.outcomes ?? [];
  assert.equal(outcome?.after, undefined);
  assert.match(outcome?.error ?? '', /could not be read back: No route to host\./);
});

test('reads again when a read lags the write', async () => {
  const { gateway, run, clock } = setUp(many(1));
  let reads = 0;
  const { at } = gateway;
  gateway.at = () => ({
    ...at(EUROPE),
    readFindings: async () => [finding('f0', { status: ++reads < 3 ? 'ACTIVE' : 'ARCHIVED' })],
  });
  const started = clock.now();
  const entry = await run(planOf(many(1)));
  assert.deepEqual(outcomesOf(entry), { f0: 'changed' });
  assert.equal(reads, 3);
  assert.ok(clock.now() > started);
});

test('a request that was taken but changed nothing is called failed', async () => {
  const { gateway, run } = setUp(many(1));
  const { at } = gateway;
  gateway.at = () => ({ ...at(EUROPE), updateFindings: async () => undefined });
  const entry = await run(planOf(many(1)));
  assert.equal(entry.state, 'failed');
  assert.equal(entry.operations[0]?.error, 'AWS took the request, but the finding is still ACTIVE.');
});

test('what an analyzer denies is not sent again to it; other analyzers go on', async () => {
  const other = `${ANALYZER}-2`;
  const findings = [...many(CHUNK_SIZE * 3), ...many(2, other)];
  const { gateway, run } = setUp(findings);
  gateway.fault = ({ method, analyzerArn }) =>
    method === 'updateFindings' && analyzerArn === ANALYZER ? DENIED : undefined;
  const entry = await run(planOf(findings));
  assert.deepEqual(
    entry.operations.map(({ state }) => state),
    ['failed', 'skipped', 'skipped', 'done'],
  );
  assert.equal(gateway.sent().filter(({ analyzerArn }) => analyzerArn === ANALYZER).length, 1);
  assert.equal(entry.operations[2]?.error, 'Not allowed.');
  const outcomes = entry.operations.flatMap(({ outcomes: read }) => read ?? []);
  assert.equal(outcomes.length, findings.length, 'what was never sent is counted, too');
  const [unsent] = entry.operations[2]?.outcomes ?? [];
  assert.deepEqual([unsent?.outcome, unsent?.error], ['failed', 'Not allowed.']);
});

test('credentials that do not work stop their profile everywhere', async () => {
  for (const kind of ['expired-credentials', 'no-credentials', 'mfa-required'] as const) {
    const analyzers = [1, 2, 3, 4, 5, 6].map((number) => `${ANALYZER}-${number}`);
    const findings = analyzers.flatMap((arn) => many(1, arn));
    const { gateway, run } = setUp(findings);
    gateway.fault = () => ({ kind, message: 'The session has expired.' });
    const entry = await run(planOf(findings));
    assert.equal(entry.state, 'failed');
    assert.ok(gateway.sent().length <= 4);
    assert.equal(entry.operations.at(-1)?.state, 'skipped');
  }
});

test('an analyzer that is not there any more is asked once', async () => {
  const findings = many(CHUNK_SIZE * 3);
  const { gateway, run } = setUp(findings);
  gateway.fault = () => ({ kind: 'not-found', message: 'No such analyzer.' });
  const entry = await run(planOf(findings));
  assert.equal(gateway.calls.length, 1);
  assert.deepEqual(
    entry.operations.map(({ state }) => state),
    ['failed', 'skipped', 'skipped'],
  );
});

test('a dead line is given up after two time limits in a row', async () => {
  for (const kind of ['timeout', 'unreachable'] as const) {
    const findings = many(CHUNK_SIZE * 10);
    const { gateway, run } = setUp(findings);
    gateway.fault = () => ({ kind, message: 'No answer.' });
    await run(planOf(findings));
    assert.equal(gateway.calls.length, 2);
  }
});

test('a line that answers in between is not given up, whatever it answers', async () => {
  const between: readonly (Problem | undefined)[] = [
    undefined,
    { kind: 'service', message: 'Internal error.' },
  ];
  for (const answer of between) {
    const findings = many(CHUNK_SIZE * 4);
    const { gateway, run } = setUp(findings);
    gateway.fault = ({ method }) => {
      if (method !== 'updateFindings') return undefined;
      return gateway.sent().length % 2 === 0 ? { kind: 'timeout', message: 'No answer.' } : answer;
    };
    await run(planOf(findings));
    assert.equal(gateway.sent().length, 4);
  }
});

test('after a cancel nothing more is sent, and what was sent is read back', async () => {
  const findings = many(CHUNK_SIZE * 3);
  const { gateway, run } = setUp(findings);
  const cancel = new AbortController();
  gateway.fault = ({ method }) => {
    if (method === 'updateFindings') cancel.abort();
    return undefined;
  };
  const progress: PlanProgress[] = [];
  const entry = await run(planOf(findings), {
    signal: cancel.signal,
    onProgress: (now) => progress.push(now),
  });
  assert.equal(entry.state, 'partial');
  assert.deepEqual(progress.at(-1), { operations: 3, finished: 3, failed: 2, findings: 150, changed: 50 });
  assert.deepEqual(
    entry.operations.map(({ state }) => state),
    ['done', 'skipped', 'skipped'],
  );
  assert.equal(gateway.sent().length, 1);
});

test('read-only mode sends nothing and writes nothing', async () => {
  const { deps, gateway, journal } = setUp(many(1));
  const result = await runPlan({ ...deps, readOnly: true, plan: planOf(many(1)) });
  assert.equal(result.ok ? '' : result.problem.kind, 'read-only');
  assert.equal(gateway.calls.length, 0);
  assert.equal(journal.entries().length, 0);
});

test('a journal that cannot be written stops everything before the request', async () => {
  const { deps, gateway, journal } = setUp(many(1));
  journal.openEntry = () => {
    throw new Error('disk full');
  };
  const result = await runPlan({ ...deps, plan: planOf(many(1)) });
  assert.equal(result.ok, false);
  assert.equal(gateway.calls.length, 0);
});

test('a journal that fails once half way ends with the truth, and what was not sent for it says why', async () => {
  const { gateway, journal, run } = setUp(many(CHUNK_SIZE * 2));
  let locked = false;
  const setOperation = journal.setOperation.bind(journal);
  journal.setOperation = (id, index, change) => {
    if (change.state === 'done' && !locked) {
      locked = true;
      throw new ProblemError({ kind: 'store-locked', message: 'Another process is writing.' });
    }
    setOperation(id, index, change);
  };
  const entry = await run(planOf(many(CHUNK_SIZE * 2)));
  assert.equal(entry.state, 'partial');
  assert.deepEqual(
    entry.operations.map(({ state, error, outcomes }) => [state, error, outcomes?.[0]?.outcome]),
    [
      ['done', undefined, 'changed'],
      ['failed', 'Another process is writing.', 'failed'],
    ],
  );
  assert.equal(gateway.sent('readFindings').length, 3, 'what was not sent is not asked for');
});

test('a journal that goes on failing leaves its entry open, and the problem says where it is read back', async () => {
  const { deps, journal } = setUp(many(1));
  journal.afterWrite = (what) => {
    if (what === 'done')
      throw new ProblemError({ kind: 'store-unusable', message: 'Full.', hint: 'Free some.' });
  };
  const result = await runPlan({ ...deps, plan: planOf(many(1)) });
  assert.ok(!result.ok);
  assert.equal(result.problem.kind, 'store-unusable');
  assert.equal(result.problem.message, 'Full. Entry 1 of the journal was cut short by it.');
  assert.match(result.problem.hint ?? '', /^Free some\. What was sent is read back .* iam-triage undo 1\.$/);
  assert.equal(journal.openEntries().length, 1);
});

test('a change of a kind that nothing can run is refused before it is journalled', async () => {
  const { deps, journal } = setUp(many(1));
  const result = await runPlan({ ...deps, executors: {}, plan: planOf(many(1)) });
  assert.equal(result.ok, false);
  assert.equal(journal.entries().length, 0);
});

test('analyzers are changed side by side, each one chunk after the other', async () => {
  const findings = [1, 2, 3, 4, 5].flatMap((number) => many(CHUNK_SIZE * 2, `${ANALYZER}-${number}`));
  const { deps, gateway } = setUp(findings);
  const inside = new Map<string, number>();
  let most = 0;
  const { at } = gateway;
  gateway.at = () => {
    const region = at(EUROPE);
    return {
      ...region,
      updateFindings: async (arn, ids, status, options) => {
        assert.equal(inside.get(arn) ?? 0, 0, 'two requests at once on one analyzer');
        inside.set(arn, 1);
        most = Math.max(most, [...inside.values()].filter((count) => count > 0).length);
        await new Promise((resolve) => setImmediate(resolve));
        inside.set(arn, 0);
        return region.updateFindings(arn, ids, status, options);
      },
    };
  };
  const entry = need(await runPlan({ ...deps, plan: planOf(findings) }));
  assert.equal(entry.state, 'done');
  assert.equal(most, 4);
});

test('a resource that cannot be scanned does not keep others from being scanned', async () => {
  const { gateway, run } = setUp(many(2));
  const scanned: string[] = [];
  const { at } = gateway;
  gateway.at = (target) => ({
    ...at(target),
    startResourceScan: async (_analyzer, resource) => {
      if (scanned.push(resource) === 1)
        throw new ProblemError({ kind: 'not-found', message: 'No such resource.' });
    },
  });
  const entry = await run(planScan(many(2).map((one) => stored(one))));
  assert.deepEqual(
    entry.operations.map(({ state }) => state),
    ['failed', 'done'],
  );
  assert.equal(entry.state, 'partial');
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { openStore } from '../../src/cache/open-store.ts';
import { planArchive } from '../../src/triage/plan-archive.ts';
import { loadInterrupted, recoverEntry } from '../../src/triage/recover.ts';
import { runPlan } from '../../src/triage/run-plan.ts';
import { prepareFinish, prepareRedo, prepareUndo } from '../../src/triage/undo.ts';
import { DAY, PUBLIC_BUCKET } from '../emulator/small-world.ts';
import { type Emulated, withEmulated } from './emulated.ts';
import { need } from './setup.ts';

const statusesOf = ({ find }: Emulated, filter: string): string[] => find(filter).map(({ status }) => status);

test('archives over Regions and kinds of analyzers, reads back through the SDK, and takes it back', async () => {
  await withEmulated({}, async (house) => {
    const findings = house.find('status:active');
    assert.ok(findings.length > 8, `${findings.length} findings`);
    assert.ok(new Set(findings.map(({ analyzerArn }) => analyzerArn)).size >= 4);
    const entry = await house.run(planArchive({ findings, to: 'ARCHIVED', reason: 'all known' }));
    assert.equal(entry.state, 'done', JSON.stringify(entry.operations.map(({ error }) => error)));
    assert.equal(house.find('status:active').length, 0);
    await house.sync();
    assert.equal(house.find('status:archived').length, findings.length, 'AWS says the same');
    assert.equal(house.store.decision(findings[0]?.exposureId ?? '')?.reason, 'all known');

    const undo = await house.run(need(await prepareUndo(house.deps)));
    assert.equal(undo.state, 'done');
    assert.equal(house.find('status:active').length, findings.length);
    await house.run(need(await prepareRedo(house.deps)));
    assert.equal(house.find('status:archived').length, findings.length);
  });
});

test('a Region that fails leaves the others done; finishing does the rest', async () => {
  await withEmulated({}, async (house) => {
    const findings = house.find('status:active kind:role type:external');
    const fault = house.emulator.faults.add({
      kind: 'error500',
      operation: 'UpdateFindings',
      region: 'eu-west-1',
    });
    const entry = await house.run(planArchive({ findings, to: 'ARCHIVED' }));
    assert.equal(entry.state, 'partial');
    assert.deepEqual(Object.fromEntries(entry.operations.map(({ region, state }) => [region, state])), {
      'us-east-1': 'done',
      'eu-west-1': 'failed',
    });
    assert.ok(statusesOf(house, 'region:eu-west-1 kind:role').every((status) => status === 'ACTIVE'));
    house.emulator.faults.remove(fault);
    const rest = await house.run(await prepareFinish(entry, house.deps));
    assert.equal(rest.state, 'done');
    assert.ok(statusesOf(house, 'kind:role type:external').every((status) => status === 'ARCHIVED'));
  });
});

test('an answer that is lost after the change was made is no failure', async () => {
  await withEmulated({}, async (house) => {
    house.emulator.faults.add({ kind: 'drop', operation: 'UpdateFindings', executed: true });
    const entry = await house.run(planArchive({ findings: house.find('public:yes'), to: 'ARCHIVED' }));
    assert.equal(entry.state, 'done');
  });
});

test('an unknown id does not keep the others of its chunk from being archived', async () => {
  await withEmulated({}, async (house) => {
    const findings = house.find('status:active type:external region:us-east-1');
    const [first] = findings;
    assert.ok(first !== undefined && findings.length > 2);
    const stranger = { ...first, id: '00000000-0000-4000-8000-000000000000' };
    const entry = await house.run(planArchive({ findings: [stranger, ...findings], to: 'ARCHIVED' }));
    const outcomes = entry.operations.flatMap((operation) => operation.outcomes ?? []);
    assert.deepEqual(
      outcomes.filter(({ outcome }) => outcome !== 'changed').map(({ ref, outcome }) => [ref.id, outcome]),
      [[stranger.id, 'gone']],
    );
    assert.equal(outcomes.length, findings.length + 1);
  });
});

test('what was resolved meanwhile is refused by name', async () => {
  await withEmulated({}, async (house) => {
    const findings = house.find('status:active type:external region:us-east-1');
    const plan = planArchive({ findings, to: 'ARCHIVED' });
    const [home] = house.emulator.world.accounts.values();
    const bucket = home?.resources.get(PUBLIC_BUCKET);
    assert.ok(bucket !== undefined);
    home?.resources.delete(PUBLIC_BUCKET);
    house.emulator.advance(DAY);
    house.emulator.runDailyPass();
    const entry = await house.run(plan);
    const outcomes = entry.operations.flatMap((operation) => operation.outcomes ?? []);
    const refused = outcomes.filter(({ outcome }) => outcome === 'refused');
    assert.equal(refused.length, 1);
    assert.equal(refused[0]?.after, 'RESOLVED');
    assert.equal(entry.state, 'partial');
    assert.equal(house.find(`resource:${PUBLIC_BUCKET}`)[0]?.status, 'RESOLVED');
  });
});

test('a crash on a real store: the next start reads the truth and offers the rest', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'iam-triage-'));
  try {
    await withEmulated({ path: join(folder, 'store.db') }, async (house) => {
      const findings = house.find('status:active type:external');
      const plan = planArchive({ findings, to: 'ARCHIVED', reason: 'known' });
      const dying = Object.create(house.store) as typeof house.store;
      dying.setOperation = (...change: Parameters<typeof house.store.setOperation>) => {
        if (change[2].state !== 'sent') throw new Error('the line dropped');
        house.store.setOperation(...change);
      };
      for (const name of ['openEntry', 'closeEntry', 'entry'] as const) {
        Object.assign(dying, { [name]: house.store[name].bind(house.store) });
      }
      const crashed = await runPlan({ ...house.deps, journal: dying, plan });
      assert.equal(crashed.ok, false);

      const reopened = need(openStore(join(folder, 'store.db')));
      const machine = { pid: 2, host: 'test', startedAt: 0, isRunning: () => false };
      const [entry] = loadInterrupted(reopened, house.deps.clock.now(), machine);
      assert.ok(entry !== undefined);
      const deps = { ...house.deps, store: reopened, journal: reopened };
      const recovery = await recoverEntry(entry, deps);
      const ended = recovery.entry.operations.flatMap(({ outcomes }) => outcomes ?? []);
      assert.equal(ended.length, findings.length);
      assert.ok(ended.some(({ outcome }) => outcome === 'changed'));
      const undone = need(await runPlan({ ...deps, plan: need(await prepareUndo(deps)) }));
      assert.equal(undone.state, 'done');
      reopened.close();
      await house.sync();
      assert.equal(house.find('status:active type:external').length, findings.length);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('expired credentials end in one failed request, not in one for each chunk', async () => {
  await withEmulated({}, async (house) => {
    house.emulator.faults.add({ kind: 'expired' });
    const entry = await house.run(planArchive({ findings: house.find('status:active'), to: 'ARCHIVED' }));
    assert.equal(entry.state, 'failed');
    const outcomes = entry.operations.flatMap((operation) => operation.outcomes ?? []);
    assert.ok(outcomes.every(({ outcome }) => outcome === 'failed'));
    assert.match(entry.operations[0]?.error ?? '', /expired/i);
  });
});

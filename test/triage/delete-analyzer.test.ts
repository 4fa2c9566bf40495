/** Deleting an analyzer over the wire: what is journalled first, what stops it, and what is left of it. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { DeleteAnalyzerCommand } from '@aws-sdk/client-accessanalyzer';
import type { Analyzer } from '../../src/domain/analyzer.ts';
import type { JournalOperation, Plan } from '../../src/domain/journal.ts';
import { loadAnalyzer } from '../../src/triage/analyzers/live-analyzer.ts';
import { planDeleteAnalyzer } from '../../src/triage/analyzers/plan-delete-analyzer.ts';
import { planArchive } from '../../src/triage/plan-archive.ts';
import { runPlan } from '../../src/triage/run-plan.ts';
import { loadInterrupted, recoverEntry } from '../../src/triage/recover.ts';
import { prepareFinish, prepareRedo, prepareUndo } from '../../src/triage/undo.ts';
import { EXTERNAL, UNUSED } from '../emulator/small-world.ts';
import { type Emulated, withEmulated } from './emulated.ts';
import { need } from './setup.ts';

const RULE = { resourceType: { eq: ['AWS::S3::Bucket'] }, isPublic: { eq: ['false'] } };

const analyzerOf = ({ store }: Emulated, arn: string): Analyzer =>
  store.summary().analyzers.find((each) => each.arn === arn) ?? assert.fail(`no ${arn} in the store`);

async function planFor(house: Emulated, arn: string, exportedTo?: string): Promise<Plan> {
  const truth = need(await loadAnalyzer(analyzerOf(house, arn), house.deps));
  const counts = { active: 3, archived: 1, resolved: 0, public: 1 };
  return planDeleteAnalyzer({ truth, counts, exportedTo });
}

const addRule = ({ gateway }: Emulated, name: string) =>
  gateway
    .at({ profile: 'default', region: 'us-east-1' })
    .createArchiveRule(EXTERNAL, name, RULE, { clientToken: name });

async function takeBackAnArchive(house: Emulated): Promise<void> {
  await house.run(planArchive({ findings: house.find('status:active').slice(0, 1), to: 'ARCHIVED' }));
  await house.run(need(await prepareUndo(house.deps)));
  assert.ok((await prepareRedo(house.deps)).ok);
}

const journalled = ({ operations: [first] }: { operations: readonly JournalOperation[] }) => {
  const { change } = first ?? assert.fail('no operation');
  return change.kind === 'delete-analyzer' ? change : assert.fail(change.kind);
};

test('the plan says what goes with it, and the word to type is its name', async () => {
  await withEmulated({}, async (house) => {
    await addRule(house, 'buckets');
    const plan = await planFor(house, EXTERNAL, '/tmp/rules.json');
    assert.equal(plan.title, 'Delete the analyzer external in us-east-1');
    assert.equal(plan.typedWord, 'external');
    const notes = (plan.notes ?? []).join('\n');
    assert.match(notes, /^4 findings \(3 active\) and 1 archive rule go with it\.\nThere is no undo\.$/m);
    assert.match(notes, /^1 public/m);
    assert.match(notes, /\/tmp\/rules\.json/);
    assert.match(
      plan.operations[0]?.command ?? '',
      /^aws accessanalyzer delete-analyzer --analyzer-name external/,
    );
    assert.match((await planFor(house, EXTERNAL)).notes?.join() ?? '', /not saved: they are lost/);
  });
});

test('it goes with its findings and rules; the journal keeps its configuration, and undo says plainly that it cannot', async () => {
  await withEmulated({}, async (house) => {
    await addRule(house, 'buckets');
    await house.sync();
    await takeBackAnArchive(house);
    const others = house.find('').filter(({ analyzerArn }) => analyzerArn !== EXTERNAL).length;
    assert.ok(house.find('').length > others);
    const entry = await house.run(await planFor(house, EXTERNAL, '/tmp/rules.json'));
    assert.equal(entry.state, 'done');
    assert.deepEqual(journalled(entry).before.archiveRules, [{ ruleName: 'buckets', filter: RULE }]);
    assert.deepEqual(journalled(entry).before.tags, { team: 'security' });
    assert.equal(house.find('').length, others, 'what it found is gone from the list');
    assert.deepEqual(house.store.archiveRules(), []);
    assert.ok(house.store.summary().analyzers.every(({ arn }) => arn !== EXTERNAL));

    for (const named of [undefined, entry.id]) {
      const undo = await prepareUndo(house.deps, named);
      assert.ok(!undo.ok);
      assert.match(undo.problem.message, /cannot be undone.*rules import \/tmp\/rules\.json/s);
    }
    const redo = await prepareRedo(house.deps);
    assert.ok(!redo.ok, 'what was taken back before belongs to the analyzer that is no more');
    assert.equal(redo.problem.message, 'There is nothing to redo.');
    await house.sync();
    assert.equal(house.find('').length, others, 'and stays away');
  });
});

test('what GetAnalyzer tells of its configuration is journalled', async () => {
  await withEmulated({}, async (house) => {
    const entry = await house.run(await planFor(house, UNUSED));
    assert.deepEqual(journalled(entry).before.configuration, { unusedAccess: { unusedAccessAge: 90 } });
  });
});

test('rules that came since the plan were not exported: it is left alone', async () => {
  await withEmulated({}, async (house) => {
    const plan = await planFor(house, EXTERNAL);
    await addRule(house, 'later');
    const entry = await house.run(plan);
    assert.equal(entry.state, 'failed');
    assert.match(entry.operations[0]?.error ?? '', /have changed since the plan/);
    const truth = await loadAnalyzer(analyzerOf(house, EXTERNAL), house.deps);
    assert.ok(truth.ok, 'it is still there');
  });
});

test('one that a service manages is refused before anything is planned; so is one that is gone', async () => {
  await withEmulated({ regions: ['us-east-1'], emulator: { world: 'demo' } }, async (house) => {
    const managed =
      house.store.summary().analyzers.find(({ managedBy }) => managedBy !== undefined) ??
      assert.fail('the demo world has one');
    const refused = await loadAnalyzer(managed, house.deps);
    assert.ok(!refused.ok);
    assert.match(refused.problem.message, /only that service can delete it/);
    const gone = await loadAnalyzer({ ...managed, arn: `${managed.arn}-gone` }, house.deps);
    assert.ok(!gone.ok);
    assert.equal(gone.problem.kind, 'not-found');
  });
});

test('somebody else was quicker: it is as wanted, and nothing is sent', async () => {
  await withEmulated({}, async (house) => {
    const plan = await planFor(house, EXTERNAL);
    await house.gateway
      .at({ profile: 'default', region: 'us-east-1' })
      .deleteAnalyzer(EXTERNAL, { clientToken: 'theirs' });
    house.emulator.log.reset();
    const entry = await house.run(plan);
    assert.equal(entry.state, 'done');
    assert.equal(
      house.emulator.log.report().operations[DeleteAnalyzerCommand.name.replace('Command', '')],
      undefined,
    );
  });
});

test('denied: it is still there, with what it found, and the journal says so', async () => {
  await withEmulated({}, async (house) => {
    house.emulator.faults.add({ kind: 'denied', operation: 'DeleteAnalyzer', region: 'us-east-1' });
    const before = house.find('').length;
    const entry = await house.run(await planFor(house, EXTERNAL));
    assert.equal(entry.state, 'failed');
    assert.match(entry.operations[0]?.error ?? '', /access-analyzer:DeleteAnalyzer/);
    assert.equal(house.find('').length, before);
  });
});

test('read-only: nothing is journalled, nothing is sent', async () => {
  await withEmulated({}, async (house) => {
    const plan = await planFor(house, EXTERNAL);
    const ended = await runPlan({ ...house.deps, readOnly: true, plan });
    assert.ok(!ended.ok);
    assert.equal(ended.problem.kind, 'read-only');
    assert.deepEqual(house.store.entries(), []);
  });
});

test('after a crash the truth is read back; finishing asks for its name again', async () => {
  await withEmulated({}, async (house) => {
    const open = house.store.openEntry(await planFor(house, EXTERNAL), 1, '1@nowhere');
    const machine = { host: 'nowhere', pid: 2, startedAt: 0, isRunning: () => false };
    const [interrupted] = loadInterrupted(house.store, Date.now(), machine);
    assert.equal(interrupted?.id, open.id);
    const recovery = await recoverEntry(interrupted, house.deps);
    assert.equal(recovery.entry.state, 'failed');
    assert.match(recovery.entry.operations[0]?.error ?? '', /never sent/);
    const finish = await prepareFinish(recovery.entry, house.deps);
    assert.equal(finish.typedWord, 'external');
    assert.equal((await house.run(finish)).state, 'done');
  });
});

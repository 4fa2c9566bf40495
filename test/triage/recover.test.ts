import assert from 'node:assert/strict';
import test from 'node:test';
import type { FindingOutcome, JournalEntry } from '../../src/domain/journal.ts';
import { planArchive } from '../../src/triage/plan-archive.ts';
import { CHUNK_SIZE } from '../../src/triage/batches.ts';
import { formatOwner, isAtWork, type Machine, thisMachine } from '../../src/triage/owner.ts';
import { loadInterrupted, recoverEntry } from '../../src/triage/recover.ts';
import { runPlan } from '../../src/triage/run-plan.ts';
import { prepareFinish, prepareUndo } from '../../src/triage/undo.ts';
import { finding, type MemoryJournal, stored } from './fakes.ts';
import { need, outcomesOf, setUp } from './setup.ts';

const machine: Machine = { pid: 2, host: 'test', startedAt: 0, isRunning: () => false };
const findings = Array.from({ length: CHUNK_SIZE * 2 }, (_, index) =>
  finding(`f${index}`, { isPublic: index === 99 }),
);

/** Runs a plan of two chunks and dies at the first write for which `when` says so. */
async function crash(when: (what: string, nth: number) => boolean) {
  const house = setUp(findings);
  dieAt(house.journal, when);
  const plan = planArchive({
    findings: findings.map((one) => stored(one)),
    to: 'ARCHIVED',
    reason: 'partner',
  });
  const result = await runPlan({ ...house.deps, plan });
  assert.equal(result.ok, false);
  house.journal.afterWrite = () => undefined;
  const [entry] = loadInterrupted(house.journal, house.clock.now(), machine);
  assert.ok(entry !== undefined);
  return { ...house, entry };
}

function dieAt(journal: MemoryJournal, when: (what: string, nth: number) => boolean): void {
  let nth = 0;
  journal.afterWrite = (what) => {
    nth += 1;
    if (when(what, nth)) throw new Error('crash');
  };
}

const endedAs = ({ operations }: JournalEntry, how: FindingOutcome['outcome']): readonly FindingOutcome[] =>
  operations.flatMap(({ outcomes }) => outcomes ?? []).filter(({ outcome }) => outcome === how);

test('a crash between journal and request: nothing was sent, and the truth says so', async () => {
  const { entry, deps, gateway } = await crash((what) => what === 'open');
  const recovery = await recoverEntry(entry, deps);
  assert.equal(recovery.entry.state, 'failed');
  const left = endedAs(recovery.entry, 'failed');
  assert.equal(left.length, findings.length);
  assert.equal(left[0]?.error, 'The request was never sent.');
  assert.equal(gateway.sent().length, 0);
  assert.equal(loadInterrupted(deps.journal, deps.clock.now(), machine).length, 0);
});

test('a fix of a profile that is not here now stays open, and keeps nothing else from being recovered', async () => {
  const { journal, deps } = setUp([]);
  const cell = { kind: 'role', roleName: 'r' } as const;
  const backup = { account: '111122223333', cell, before: null, after: null };
  const change = { kind: 'iam', call: 'DeleteRole', input: {}, backup } as const;
  const place = { profile: 'other', region: 'us-east-1', analyzerArn: '', command: '' };
  journal.openEntry(
    {
      kind: 'fix',
      title: 'Delete role r',
      operations: [{ ...place, change }],
      skipped: [],
      exposureIds: [],
      publicCount: 0,
    },
    1,
    '1@test',
  );
  const [entry] = loadInterrupted(journal, deps.clock.now(), machine);
  assert.ok(entry !== undefined);
  const recovery = await recoverEntry(entry, deps);
  assert.match(recovery.unread?.message ?? '', /could not be read back: .*has no IAM/);
  assert.equal(journal.openEntries().length, 1);
});

test('a crash after the request: its outcome is read back, the rest is offered to finish or to undo', async () => {
  const { entry, deps, run, gateway, store } = await crash((what) => what === 'done');
  const lost = {
    ...entry,
    operations: entry.operations.map((o) => ({ ...o, state: o.index === 0 ? ('sent' as const) : o.state })),
  };
  const recovery = await recoverEntry(lost, deps);
  assert.equal(recovery.entry.state, 'partial');
  assert.equal(endedAs(recovery.entry, 'changed').length, CHUNK_SIZE);
  assert.equal(endedAs(recovery.entry, 'failed').length, CHUNK_SIZE);
  assert.equal(store.decision(stored(finding('f0')).exposureId)?.reason, 'partner');

  const finish = await prepareFinish(recovery.entry, deps);
  assert.equal(finish.title, 'Finish “Archive 100 findings”');
  assert.equal(finish.typedWord, 'archive', 'the public one is among those left');
  const undo = need(await prepareUndo(deps));
  assert.equal(undo.operations.length, 1);

  const finished = await run(finish);
  assert.equal(finished.state, 'done');
  assert.ok(findings.every(({ id }) => gateway.statusOf(id) === 'ARCHIVED'));
});

test('undo after a crash takes back exactly what arrived', async () => {
  const { entry, deps, run, gateway } = await crash((what, nth) => what === 'sent' && nth > 2);
  const recovery = await recoverEntry(entry, deps);
  assert.equal(endedAs(recovery.entry, 'changed').length, CHUNK_SIZE);
  await run(need(await prepareUndo(deps)));
  assert.ok(findings.every(({ id }) => gateway.statusOf(id) === 'ACTIVE'));
});

test('finishing takes only what is not yet as wanted, and says what it leaves', async () => {
  const { entry, deps, gateway } = await crash((what, nth) => what === 'sent' && nth > 2);
  const recovery = await recoverEntry(entry, deps);
  gateway.setStatus('f50', 'ARCHIVED');
  gateway.setStatus('f51', 'RESOLVED');
  gateway.remove('f52');
  const finish = await prepareFinish(recovery.entry, deps);
  assert.deepEqual(
    finish.skipped.map(({ ref, why }) => [ref.id, why]),
    [
      ['f50', 'It is ARCHIVED already.'],
      ['f51', 'It is RESOLVED already.'],
      ['f52', 'It is gone: AWS no longer lists it.'],
    ],
  );
  assert.deepEqual(
    finish.operations.map(({ change }) => change.kind === 'update-findings' && change.ids.length),
    [CHUNK_SIZE - 3],
  );
  gateway.fault = () => ({ kind: 'unreachable', message: 'No route to host.' });
  const offline = await prepareFinish(recovery.entry, deps);
  assert.deepEqual(offline.operations, []);
  assert.equal(offline.skipped[0]?.why, 'What it is now could not be read: No route to host.');
});

test('an undo that was interrupted and finished has taken its entry back', async () => {
  const { archive, deps, run, journal, gateway, clock } = setUp([finding('a')]);
  await archive(['a']);
  dieAt(journal, (what) => what === 'open');
  const undo = need(await prepareUndo(deps));
  assert.equal((await runPlan({ ...deps, plan: undo })).ok, false);
  journal.afterWrite = () => undefined;
  const [entry] = loadInterrupted(journal, clock.now(), machine);
  assert.ok(entry !== undefined);
  const { entry: recovered } = await recoverEntry(entry, deps);
  assert.equal(journal.entry(1)?.undoneBy, undefined);
  const finished = await run(await prepareFinish(recovered, deps));
  assert.deepEqual([finished.kind, finished.of], ['undo', 1]);
  assert.equal(gateway.statusOf('a'), 'ACTIVE');
  assert.equal(journal.entry(1)?.undoneBy, finished.id);
});

test('what others did meanwhile is not claimed', async () => {
  const { entry, deps, gateway } = await crash((what) => what === 'open');
  for (const { id } of findings) gateway.setStatus(id, 'ARCHIVED');
  const recovery = await recoverEntry(entry, deps);
  assert.equal(recovery.entry.state, 'done');
  assert.equal(endedAs(recovery.entry, 'changed').length, 0);
  const [already] = endedAs(recovery.entry, 'already');
  assert.deepEqual(
    [already?.ref.id, already?.error],
    ['f0', 'It became so without a request of this entry.'],
  );
  assert.equal((await prepareUndo(deps)).ok, false);
});

test('what others did before it was sent is not claimed after a crash either', async () => {
  const house = setUp([finding('a'), finding('b')]);
  house.gateway.setStatus('a', 'ARCHIVED');
  dieAt(house.journal, (what) => what === 'sent');
  const plan = planArchive({ findings: [stored(finding('a')), stored(finding('b'))], to: 'ARCHIVED' });
  await runPlan({ ...house.deps, plan });
  house.journal.afterWrite = () => undefined;
  house.gateway.setStatus('b', 'ARCHIVED');
  const [entry] = loadInterrupted(house.journal, house.clock.now(), machine);
  assert.ok(entry !== undefined);
  const recovery = await recoverEntry(entry, house.deps);
  assert.deepEqual(outcomesOf(recovery.entry), { a: 'already', b: 'changed' });
});

test('offline the entry stays open, to be read at the next start', async () => {
  const { entry, deps, gateway } = await crash((what) => what === 'open');
  gateway.fault = () => ({ kind: 'unreachable', message: 'No route to host.' });
  const recovery = await recoverEntry(entry, deps);
  assert.match(recovery.unread?.message ?? '', /No route to host/);
  assert.equal(loadInterrupted(deps.journal, deps.clock.now(), machine).length, 1);
  assert.equal(
    gateway.sent('readFindings').length,
    1,
    'no chunk is asked for after one that was not answered',
  );
});

test('what was read before the line went down stays recorded', async () => {
  const { entry, deps, gateway } = await crash((what) => what === 'open');
  gateway.fault = () =>
    gateway.sent('readFindings').length > 1
      ? { kind: 'unreachable', message: 'No route to host.' }
      : undefined;
  const recovery = await recoverEntry(entry, deps);
  assert.deepEqual(
    recovery.entry.operations.map(({ state }) => state),
    ['failed', 'planned'],
  );
});

test('an entry belongs to its process while that lives', async () => {
  const { entry } = await crash((what) => what === 'open');
  const at = entry.at;
  const by = (owner: string) => ({ ...entry, by: owner });
  assert.equal(isAtWork(by('7@test'), at, { ...machine, isRunning: (pid) => pid === 7 }), true);
  assert.equal(isAtWork(by('8@test'), at, { ...machine, isRunning: (pid) => pid === 7 }), false);
  assert.equal(isAtWork(by('8@elsewhere'), at, machine), true);
  assert.equal(isAtWork(by('8@elsewhere'), at + 3_600_000, machine), true);
  assert.equal(isAtWork(by('8@elsewhere'), at + 3_600_001, machine), false);
  assert.equal(isAtWork(by('2@test'), at, machine), true, 'this very process');
  assert.equal(
    isAtWork(by('2@test'), at, { ...machine, startedAt: at + 1 }),
    false,
    'the same process id after a restart',
  );
  assert.equal(isAtWork(by(formatOwner()), Date.now()), false, 'opened before this process began');
  assert.equal(isAtWork({ ...by(formatOwner()), at: Date.now() }, Date.now()), true);
  assert.equal(thisMachine.isRunning(process.pid), true);
  assert.equal(thisMachine.isRunning(2 ** 30), false, 'no system has such a process');
});

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import '../domain/fixed-seed.ts';
import type { ProblemKind } from '../../src/domain/problem.ts';
import { planArchive } from '../../src/triage/plan-archive.ts';
import { planScan } from '../../src/triage/plan-scan.ts';
import { ENTRIES_AT_ONCE } from '../../src/triage/undo-stack.ts';
import { prepareRedo, prepareUndo } from '../../src/triage/undo.ts';
import { finding, lineDiesAt, stored } from './fakes.ts';
import { need, outcomesOf, setUp } from './setup.ts';

test('undo puts back what an entry changed, redo does it again, with the reason', async () => {
  const { archive, deps, run, gateway, store, journal } = setUp([finding('a'), finding('b')]);
  const exposureId = stored(finding('a')).exposureId;
  await archive(['a'], 'partner');
  const undo = await run(need(await prepareUndo(deps)));
  assert.equal(undo.title, 'Undo “Archive 1 finding”');
  assert.equal(gateway.statusOf('a'), 'ACTIVE');
  assert.equal(store.decision(exposureId)?.reason, undefined);
  assert.equal(journal.entry(1)?.undoneBy, 2);

  const redo = await run(need(await prepareRedo(deps)));
  assert.deepEqual([redo.kind, redo.of, redo.title], ['redo', 1, 'Redo “Archive 1 finding”']);
  assert.equal(gateway.statusOf('a'), 'ARCHIVED');
  assert.equal(store.decision(exposureId)?.reason, 'partner');
  assert.deepEqual([journal.entry(1)?.undoneBy, journal.entry(2)?.undoneBy], [2, 3]);

  const again = need(await prepareUndo(deps));
  assert.deepEqual([again.of, again.title], [3, 'Undo “Archive 1 finding”']);
});

test('a reason that was written since stays when an older entry is undone', async () => {
  const { archive, deps, run, store } = setUp([finding('a')]);
  const exposureId = stored(finding('a')).exposureId;
  await archive(['a'], 'partner');
  store.saveDecisions([{ exposureId, reason: 'another', decidedAt: 2 }]);
  await run(need(await prepareUndo(deps)));
  assert.equal(store.decision(exposureId)?.reason, 'another');
});

test('what has moved since, is gone or cannot be read is left out and named', async () => {
  const { archive, deps, gateway, store } = setUp(['a', 'b', 'c', 'd'].map((id) => finding(id)));
  await archive(['a', 'b', 'c', 'd']);
  gateway.setStatus('a', 'ACTIVE');
  gateway.setStatus('b', 'RESOLVED');
  gateway.remove('c');
  const plan = need(await prepareUndo(deps));
  assert.deepEqual(
    plan.skipped.map(({ ref, why }) => [ref.id, why]),
    [
      ['a', 'It has moved since: it is ACTIVE now, not ARCHIVED.'],
      ['b', 'It has moved since: it is RESOLVED now, not ARCHIVED.'],
      ['c', 'It is gone: AWS no longer lists it.'],
    ],
  );
  assert.deepEqual(
    plan.operations.map(({ change }) => change.kind === 'update-findings' && change.ids),
    [['d']],
  );
  assert.equal(store.finding(finding('a'))?.status, 'ACTIVE');
  assert.notEqual(store.finding(finding('c'))?.goneAt, undefined);

  gateway.fault = () => ({ kind: 'unreachable', message: 'No route to host.' });
  const offline = need(await prepareUndo(deps));
  assert.equal(offline.operations.length, 0);
  assert.equal(offline.skipped[3]?.why, 'What it is now could not be read: No route to host.');
});

test('only what the entry changed itself is taken back', async () => {
  const { archive, deps, gateway } = setUp([finding('a'), finding('b')]);
  gateway.setStatus('b', 'RESOLVED');
  const entry = await archive(['a', 'b']);
  assert.deepEqual(outcomesOf(entry), { a: 'changed', b: 'refused' });
  const plan = need(await prepareUndo(deps));
  assert.deepEqual(plan.skipped, []);
  assert.deepEqual(
    plan.operations.map(({ change }) => change.kind === 'update-findings' && change.ids),
    [['a']],
  );
});

test('what is not known to have changed is read again, and no older change is undone in its place', async () => {
  const { archive, deps, run, gateway, journal } = setUp([finding('a'), finding('b')]);
  await archive(['a']);
  gateway.fault = lineDiesAt('updateFindings', { carriedOut: true });
  assert.deepEqual(outcomesOf(await archive(['b'])), { b: 'unknown' });
  gateway.fault = () => undefined;
  await run(need(await prepareUndo(deps)));
  assert.equal(gateway.statusOf('b'), 'ACTIVE');
  assert.equal(gateway.statusOf('a'), 'ARCHIVED');
  assert.equal(journal.entry(2)?.undoneBy, 3);
});

test('what is not known to have changed and reads as before is left out, in words of its own', async () => {
  const { archive, deps, gateway } = setUp([finding('a')]);
  gateway.fault = lineDiesAt('updateFindings', { carriedOut: false });
  await archive(['a']);
  gateway.fault = () => undefined;
  const plan = need(await prepareUndo(deps));
  assert.deepEqual(
    [plan.operations.length, plan.skipped[0]?.why],
    [0, 'It is ACTIVE, as before: there is nothing to take back.'],
  );
});

test('a request that was turned away changed nothing, though nothing could be read back either', async () => {
  const turnsAway: readonly ProblemKind[] = [
    'no-credentials',
    'expired-credentials',
    'mfa-required',
    'denied',
    'region-not-enabled',
    'unknown-region',
  ];
  for (const kind of turnsAway) {
    const { archive, deps, gateway } = setUp([finding('a')]);
    gateway.fault = () => ({ kind, message: 'The login has expired.' });
    assert.deepEqual(outcomesOf(await archive(['a'])), { a: 'failed' }, kind);
    assert.equal((await prepareUndo(deps)).ok, false);
  }
});

test('an undo that failed in part can be tried again', async () => {
  const { archive, deps, run, gateway, journal } = setUp([finding('a')]);
  await archive(['a']);
  gateway.fault = ({ method }) =>
    method === 'updateFindings' ? { kind: 'service', message: 'No.' } : undefined;
  const failed = await run(need(await prepareUndo(deps)));
  assert.equal(failed.state, 'failed');
  assert.equal(journal.entry(1)?.undoneBy, undefined);
  gateway.fault = () => undefined;
  await run(need(await prepareUndo(deps)));
  assert.equal(gateway.statusOf('a'), 'ACTIVE');
  assert.equal(journal.entry(1)?.undoneBy, 3);
});

test('an undo with nothing left to take back still clears the way for the entry before it', async () => {
  const { archive, deps, run, gateway } = setUp([finding('a'), finding('b')]);
  await archive(['a']);
  await archive(['b']);
  gateway.setStatus('b', 'ACTIVE');
  await run(need(await prepareUndo(deps)));
  assert.equal(need(await prepareUndo(deps)).of, 1);
  assert.equal((await prepareRedo(deps)).ok, false, 'an undo that changed nothing cannot be redone');
});

test('something new closes the way to redo; a named entry can be undone out of turn', async () => {
  const { archive, deps, run, gateway } = setUp([finding('a'), finding('b'), finding('c')]);
  await archive(['a']);
  await archive(['b']);
  await run(need(await prepareUndo(deps, 1)));
  assert.equal(gateway.statusOf('a'), 'ACTIVE');
  assert.equal(gateway.statusOf('b'), 'ARCHIVED');
  await archive(['c']);
  const redo = await prepareRedo(deps);
  assert.equal(redo.ok ? '' : redo.problem.message, 'There is nothing to redo.');
});

test('something new closes the way to redo even after it was undone and redone', async () => {
  const { archive, deps, run } = setUp([finding('a')]);
  for (const _ of [1, 2]) {
    await archive(['a']);
    await run(need(await prepareUndo(deps)));
  }
  await run(need(await prepareRedo(deps)));
  assert.equal((await prepareRedo(deps)).ok, false);
});

test('a scan after an undo does not close the way to redo', async () => {
  const { archive, deps, run } = setUp([finding('a')]);
  await archive(['a']);
  await run(need(await prepareUndo(deps)));
  await run(planScan([stored(finding('a'))]));
  assert.equal(need(await prepareRedo(deps)).of, 1);
});

test('what can be undone is found behind any number of entries that cannot', async () => {
  const { archive, deps, run } = setUp([finding('a')]);
  await archive(['a']);
  for (let scans = 0; scans < 2 * ENTRIES_AT_ONCE; scans++) await run(planScan([stored(finding('a'))]));
  assert.equal(need(await prepareUndo(deps)).of, 1);
});

test('says why an entry cannot be undone', async () => {
  const { archive, deps, journal, gateway, run } = setUp([finding('a')]);
  const messageOf = async (id?: number) => {
    const result = await prepareUndo(deps, id);
    return result.ok ? '' : result.problem.message;
  };
  assert.equal(await messageOf(), 'There is nothing to undo.');
  assert.equal(await messageOf(7), 'The journal has no entry 7.');
  await archive(['a']);
  await run(need(await prepareUndo(deps)));
  assert.equal(await messageOf(1), 'Entry 1 (Archive 1 finding) was undone already, by entry 2.');
  assert.equal(
    await messageOf(2),
    'Entry 2 (Undo “Archive 1 finding”) is itself an undo: Z in the console takes it back.',
  );
  const scan = planScan([stored(finding('a'))]);
  await run(scan);
  assert.equal(await messageOf(3), 'Entry 3 (Scan 1 resource again) changed nothing that could be undone.');
  gateway.setStatus('a', 'RESOLVED');
  await archive(['a']);
  assert.equal(
    await messageOf(4),
    'Entry 4 (Archive 1 finding) changed nothing, so there is nothing to undo.',
  );
  for (const begin of [
    () => undefined,
    (id: number) => journal.setOperation(id, 0, { state: 'sent', at: 1 }),
  ]) {
    const { id, title } = journal.openEntry(scan, 1, '1@test');
    begin(id);
    assert.equal(await messageOf(id), `Entry ${id} (${title}) is still under way.`);
  }
});

test('while the last change is still under way no older one is undone or redone in its place', async () => {
  const { archive, deps, run, journal } = setUp([finding('a'), finding('b')]);
  await archive(['a']);
  await run(need(await prepareUndo(deps)));
  const plan = planArchive({ findings: [stored(finding('b'))], to: 'ARCHIVED' });
  const { id } = journal.openEntry(plan, deps.clock.now(), '1@elsewhere');
  assert.equal((await prepareRedo(deps)).ok, false);
  const refused = await prepareUndo(deps);
  assert.equal(refused.ok ? '' : refused.problem.message, 'Entry 3 (Archive 1 finding) is still under way.');
  assert.match(refused.ok ? '' : (refused.problem.hint ?? ''), /iam-triage undo ENTRY/);
  journal.closeEntry(id, 'failed', deps.clock.now());
  assert.equal(need(await prepareRedo(deps)).of, 1, 'it changed nothing');
});

test('of a change that was cut short and not read back it is said so', async () => {
  const { deps, journal, clock } = setUp([finding('a')]);
  const plan = planArchive({ findings: [stored(finding('a'))], to: 'ARCHIVED' });
  journal.openEntry(plan, clock.now(), '1@elsewhere');
  await clock.sleep(2 * 3_600_000);
  const refused = await prepareUndo(deps);
  assert.match(
    refused.ok ? '' : refused.problem.message,
    /was cut short, and what came of it has not been read/,
  );
});

test('undoing an unarchive hides something public again, so it asks for the word', async () => {
  const open = finding('a', { isPublic: true, status: 'ARCHIVED' });
  const { deps, run } = setUp([open]);
  await run(planArchive({ findings: [stored(open)], to: 'ACTIVE' }));
  const plan = need(await prepareUndo(deps));
  assert.equal(plan.typedWord, 'archive');
  assert.deepEqual(plan.publicResources, [open.resource]);
});

test('any walk of archive, unarchive, undo and redo ends where the same undos and redos say', async () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constantFrom('ARCHIVED' as const, 'ACTIVE' as const),
      id: fc.constantFrom('a', 'b', 'c'),
    }),
    fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const), id: fc.constant('') }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const { deps, run, gateway, store } = setUp(['a', 'b', 'c'].map((id) => finding(id)));
      const stateOf = () => ['a', 'b', 'c'].map((id) => gateway.statusOf(id)).join();
      const past = [stateOf()];
      let at = 0;
      for (const { kind, id } of steps) {
        if (kind === 'undo' || kind === 'redo') {
          const plan = kind === 'undo' ? await prepareUndo(deps) : await prepareRedo(deps);
          const possible = kind === 'undo' ? at > 0 : at < past.length - 1;
          assert.equal(plan.ok, possible, `${kind} at ${at} of ${past.length - 1}`);
          if (!plan.ok) continue;
          await run(plan.value);
          at += kind === 'undo' ? -1 : 1;
        } else {
          const plan = planArchive({
            findings: [...store.findings.values()].filter((one) => one.id === id),
            to: kind,
          });
          if (plan.operations.length === 0) continue;
          await run(plan);
          past.splice(++at, Infinity, stateOf());
        }
        assert.equal(stateOf(), past[at]);
      }
    }),
    { numRuns: 150 },
  );
});

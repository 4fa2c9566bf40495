import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fail } from '../../src/domain/problem.ts';
import type { FixVerdict } from '../../src/triage/resolve/settle-fixed.ts';
import { REPORT } from './fakes/fake-services.ts';
import { aFinding } from './fakes/findings.ts';
import { beginJourney, openJourney } from './fakes/journey.ts';

test('opening syncs behind the list, and the list fills as findings come in', async () => {
  const journey = beginJourney({ findings: [] });
  journey.world.onSync = (progress) => {
    journey.fake.findings = [aFinding('x')];
    progress({ fraction: 0.5, findings: 1, storeChanged: true });
  };
  await journey.open();
  assert.equal(journey.state().list.counts?.exposures, 1);
  assert.equal(journey.state().sync.kind, 'idle');
});

test('ctrl+r syncs; while one runs another is refused and it can be stopped', async () => {
  const journey = await openJourney();
  const gate = Promise.withResolvers<void>();
  journey.world.onSync = () => gate.promise;
  journey.store.input(['ctrl+r']);
  assert.equal(journey.state().sync.kind, 'running');
  await Promise.resolve();
  journey.store.input(['ctrl+r']);
  assert.equal(journey.state().toast?.text, 'A sync is running already.');
  journey.store.dispatch({ kind: 'stop-sync' });
  journey.world.syncResult = fail({ kind: 'cancelled', message: 'Cancelled.' });
  gate.resolve();
  await journey.store.idle();
  assert.ok(journey.world.calls.includes('cancel'));
  assert.equal(journey.state().toast?.text, 'Sync stopped. What had come in is kept.');
  assert.equal(journey.state().sync.kind, 'idle');
});

test('what a sync could not see is named', async () => {
  const journey = beginJourney();
  const regions = ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1'].map((region) => ({
    profile: 'default',
    region,
    status: 'denied' as const,
  }));
  const value = { ...REPORT, regions };
  journey.world.syncResult = { ok: true, value };
  await journey.open();
  assert.equal(
    journey.state().toast?.text,
    '4 Regions not seen: eu-west-1, eu-west-2, eu-west-3 and 1 more.',
  );
  assert.equal(journey.state().toast?.hint, '3 shows why');
});

test('what became of fixes that waited for their proof is the news of a sync', async () => {
  const journey = beginJourney();
  const said = async (...verdicts: readonly FixVerdict[]) => {
    const fixes = verdicts.map((verdict, at) => ({ exposureId: `e${at}`, verdict }));
    journey.world.syncResult = { ok: true, value: { ...REPORT, fixes } };
    await journey.keys('esc', 'ctrl+r');
    return journey.state().toast;
  };
  await journey.open();
  assert.equal(await said('waiting'), undefined, 'no news');
  const proven = await said('proven', 'waiting');
  assert.deepEqual([proven?.kind, proven?.text], ['success', '1 fix proven; 1 fix not yet proven.']);
  const back = await said('proven', 'came-back');
  assert.deepEqual([back?.kind, back?.text], ['warning', '1 fixed finding came back; 1 fix proven.']);
});

test('a failed sync says what and stays said until a key is pressed', async () => {
  const journey = beginJourney();
  journey.world.syncResult = fail({ kind: 'unreachable', message: 'AWS cannot be reached.' });
  await journey.open();
  assert.equal(journey.state().toast?.text, 'AWS cannot be reached.');
  assert.equal(journey.state().sync.kind, 'failed');
  await journey.press('j');
  assert.equal(journey.state().toast, undefined);
});

test('details are wished for the rows on the screen, the cursor first', async () => {
  const role = (id: string) =>
    aFinding(id, {
      findingType: 'UnusedIAMRole',
      resourceType: 'AWS::IAM::Role',
      resource: `arn:aws:iam::1:role/${id}`,
    });
  const journey = await openJourney({ findings: [role('r1'), role('r2'), role('r3')] });
  assert.equal(
    journey.world.calls.findLast((call) => call.startsWith('wish')),
    'wish r1,r2,r3',
  );
  assert.deepEqual([...journey.state().detail.pending], ['r1', 'r2', 'r3']);
  const ref = journey.fake.findings[1] ?? assert.fail();
  journey.fake.findings = journey.fake.findings.map((finding) =>
    finding.id === 'r2' ? { ...finding, detail: { kind: 'unused-role' } } : finding,
  );
  journey.store.dispatch({ kind: 'detail-arrived', ref });
  await journey.store.idle();
  assert.equal(
    journey.state().list.rows.find((row) => row.exposureId === ref.exposureId)?.neverUsed,
    true,
    'the row tells what the detail told',
  );
});

test('scrolling away drops what waits for the rows that were there, before the hand rests', async () => {
  const roles = Array.from({ length: 200 }, (_, at) => {
    const id = `r${String(at).padStart(3, '0')}`;
    return aFinding(id, {
      findingType: 'UnusedIAMRole',
      resourceType: 'AWS::IAM::Role',
      resource: `arn:aws:iam::1:role/${id}`,
    });
  });
  const journey = await openJourney({ findings: roles });
  const wishes = () => journey.world.calls.filter((call) => call.startsWith('wish'));
  const before = wishes().length;
  journey.store.input(['j']);
  assert.deepEqual(wishes().slice(before), [], 'the same rows are looked at');
  journey.store.input(['pgdown']);
  assert.deepEqual(wishes().slice(before), ['wish ']);
  await journey.store.idle();
  const { list } = journey.state();
  const first = list.rows[list.top - list.offset]?.exposureId;
  assert.ok(
    wishes()
      .at(-1)
      ?.startsWith(`wish ${journey.fake.findings.find((one) => one.exposureId === first)?.id}`),
  );
});

test('external rows need no detail: nothing is wished for', async () => {
  const journey = await openJourney();
  assert.equal(
    journey.world.calls.some((call) => call.startsWith('wish')),
    false,
  );
});

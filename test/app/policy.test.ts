import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectFooter } from '../../src/app/selectors/footer.ts';
import { selectPanelHead, selectPanelLines } from '../../src/app/selectors/panel.ts';
import type { PanelLine } from '../../src/app/selectors/policy.ts';
import { fail } from '../../src/domain/problem.ts';
import { REASONS_TO_KEEP } from '../../src/domain/recommendation.ts';
import { aChange, aRecommendation, trustedFromOutside, unusedPermissions } from './fakes/advice.ts';
import { openJourney } from './fakes/journey.ts';

type Journey = Awaited<ReturnType<typeof openJourney>>;

const open = (options: Parameters<typeof openJourney>[0] = {}): Promise<Journey> =>
  openJourney({ findings: [unusedPermissions()], ...options });

const textOf = (line: PanelLine): string =>
  'shape' in line
    ? line.shape === 'whole'
      ? line.line.text
      : `${line.left?.text ?? ''} | ${line.right?.text ?? ''}`
    : `${line.label ?? ''} ${line.text}`.trim();

/** What the open panel says, without its colours. */
function said(journey: Journey): string {
  const { panel } = journey.state();
  assert.ok(panel !== undefined, 'a panel is open');
  return selectPanelLines(journey.state(), panel, 100).map(textOf).join('\n');
}

const policyOf = (journey: Journey) => {
  const { panel } = journey.state();
  assert.equal(panel?.kind, 'policy');
  return panel;
};

/** Holds back the answer to a call until it is let go. */
function gate(journey: Journey, call: string): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  journey.world.gates.set(call, promise);
  return resolve;
}

test('p shows what stays and what goes, policy by policy, and esc leads back to the list', async () => {
  const journey = await open();
  await journey.press('p');
  assert.match(said(journey), /s3 goes: PutObject, DeleteObject · last used 4d ago/);
  assert.match(said(journey), /bedrock goes: \* · never used/);
  assert.match(said(journey), /sqs stays: SendMessage · in use/);
  assert.match(said(journey), /SUGGESTION|suggestion REDUNDANT_RESOURCE \(line 12\)/);
  await journey.keys('tab');
  assert.match(said(journey), /Stale: the live policy changed/);
  assert.match(said(journey), /Also attached to role legacy-cron, user deploy/);
  await journey.keys('shift+tab');
  assert.equal(policyOf(journey).chosen, 0);
  await journey.keys('esc');
  assert.equal(journey.state().panel, undefined);
  assert.equal(journey.state().screen, 'findings');
});

test('while it is generated the panel says how long, and esc stops waiting', async () => {
  const journey = await open();
  const go = gate(journey, 'recommend');
  journey.store.input('p');
  assert.match(said(journey), /The recommendation is being made: 0:04, usually 0:20/);
  journey.store.input(['esc']);
  go();
  await journey.store.idle();
  assert.equal(journey.state().panel, undefined, 'a late answer opens nothing');
});

test('an answer to an earlier question is dropped', async () => {
  const journey = await open();
  await journey.press('p');
  const { serial, exposureId } = policyOf(journey);
  const value = { finding: unusedPermissions(), recommendation: aRecommendation({ changes: [] }) };
  const before = journey.state();
  journey.store.dispatch({
    kind: 'recommendation-loaded',
    serial: serial - 1,
    result: { ok: true, value },
  });
  assert.equal(journey.state(), before, exposureId);
});

test('a failure says its reason, and p asks again', async () => {
  const journey = await open();
  journey.world.recommendation = fail({ kind: 'service', message: 'It could not be recommended.' });
  await journey.press('p');
  assert.match(said(journey), /^It could not be recommended\.\n\np asks again\.$/);
  const offered = () => selectFooter(journey.state()).hints.map(({ key, label }) => `${key} ${label}`);
  assert.ok(offered().includes('p ask again'), offered().join());
  await journey.press('C');
  assert.equal(journey.state().toast?.text, 'There is no recommendation: p asks again.');
  journey.world.recommendation = { ok: true, value: aRecommendation() };
  await journey.press('p');
  assert.match(said(journey), /What stays and what goes/);
  assert.ok(!offered().includes('p ask again'), offered().join());
});

test('p is for unused permissions: elsewhere, and offline, it says why not', async () => {
  const other = await open({ findings: [trustedFromOutside()] });
  await other.press('p');
  assert.match(other.state().toast?.text ?? '', /for unused permissions only: r leads to the fix/);
  const offline = await open({ mode: { offline: true } });
  await offline.press('p');
  assert.match(offline.state().toast?.text ?? '', /^Offline:/);
  assert.equal(offline.state().panel, undefined);
});

test('the paid check names its price first, and is made only after enter', async () => {
  const journey = await open();
  await journey.press('p');
  assert.match(said(journey), /C checks it: 1 check at \$0\.0020 each, \$0\.0020 in all/);
  await journey.press('C');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind, 'price');
  assert.match(dialog.text, /\$0\.0020 in all/);
  await journey.keys('esc');
  assert.ok(!journey.world.calls.includes('check'), 'nothing was paid');
  await journey.press('C');
  await journey.keys('enter');
  assert.match(said(journey), /PASS: the new text grants nothing/);
  await journey.press('C');
  assert.equal(journey.state().toast?.text, 'It has been checked already.');
});

test('a check that ends under the way to the fix is not lost', async () => {
  const journey = await open();
  await journey.press('p');
  const go = gate(journey, 'check');
  await journey.press('C');
  journey.store.input(['enter']);
  journey.store.input('r');
  go();
  await journey.store.idle();
  assert.equal(journey.state().panel?.kind, 'resolve');
  await journey.keys('esc');
  assert.equal(policyOf(journey).checking, false);
  assert.match(said(journey), /PASS/);
});

test('one key keeps the permissions: the finding is archived with that reason', async () => {
  for (const [index, key] of ['M', 'P', 'D', 'B'].entries()) {
    const journey = await open();
    await journey.press('p');
    await journey.press(key);
    const { dialog } = journey.state();
    assert.equal(dialog?.kind, 'confirm');
    assert.equal(dialog.plan.kind, 'archive');
    assert.equal(dialog.reason.text, REASONS_TO_KEEP[index]);
    await journey.keys('enter');
    assert.equal(journey.state().journal.entries[0]?.reason, REASONS_TO_KEEP[index]);
    assert.equal(journey.fake.findings[0]?.status, 'ARCHIVED');
  }
});

test('the policies are copied and saved in every format', async () => {
  const journey = await open();
  await journey.press('p');
  await journey.press('y');
  await journey.press('t');
  assert.deepEqual(journey.world.copied, ['the policies as terraform']);
  await journey.press('e');
  await journey.press('a');
  assert.ok(journey.world.calls.includes('save json,cli,terraform,cloudformation'));
  assert.equal(journey.state().toast?.text, 'Wrote 4 files to /tmp/policies.');
  await journey.press('e');
  await journey.press('c');
  assert.ok(journey.world.calls.includes('save cli'));
});

test('the panel scrolls, and the list below stays where it is', async () => {
  const journey = await open({ rows: 16 });
  await journey.press('p');
  const { cursor, top } = journey.state().list;
  await journey.press('jj');
  assert.equal(policyOf(journey).scroll, 2);
  await journey.press('G');
  const height = selectPanelLines(journey.state(), policyOf(journey), 98).length;
  assert.equal(policyOf(journey).scroll, height - (16 - 4 - 2));
  await journey.press('g');
  assert.equal(policyOf(journey).scroll, 0);
  assert.deepEqual([journey.state().list.cursor, journey.state().list.top], [cursor, top]);
});

test('keys that mean the list do nothing to it while it is covered', async () => {
  const journey = await open();
  await journey.press('p');
  for (const key of [' ', 'v', '*']) {
    await journey.press(key);
    assert.match(journey.state().toast?.text ?? '', /^The list is covered/);
  }
  await journey.keys('enter');
  assert.match(journey.state().toast?.text ?? '', /^r leads to the fix/);
  await journey.press('/');
  assert.equal(journey.state().panel, undefined, 'a filter is typed over the list');
});

test('side by side where there is room, one below the other where there is none', async () => {
  const journey = await open();
  await journey.press('p');
  const { panel } = journey.state();
  assert.ok(panel !== undefined);
  const shapes = (columns: number): Set<string> =>
    new Set(
      selectPanelLines(journey.state(), panel, columns).flatMap((line) =>
        'shape' in line ? [line.shape] : [],
      ),
    );
  assert.deepEqual([...shapes(78)], ['whole']);
  assert.deepEqual([...shapes(117)], ['whole']);
  assert.deepEqual([...shapes(118)], ['halves']);
  assert.deepEqual([...shapes(158)], ['halves']);
});

test('a recommendation without a change says so', async () => {
  const journey = await open();
  journey.world.recommendation = { ok: true, value: aRecommendation({ changes: [], stale: false }) };
  await journey.press('p');
  assert.equal(said(journey), 'Access Analyzer recommends no change.');
});

test('names from AWS cannot steer the terminal', async () => {
  const journey = await open();
  const changes = [aChange({ name: 'a\u001b[2Jb', otherHolders: ['role \u202eevil'] })];
  journey.world.recommendation = { ok: true, value: aRecommendation({ changes }) };
  await journey.press('p');
  const { panel } = journey.state();
  assert.ok(panel !== undefined);
  const shown = `${said(journey)}${JSON.stringify(selectPanelHead(journey.state(), panel))}`;
  assert.doesNotMatch(shown, new RegExp('[\\u001b\\u202e]', 'u'));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectFooter } from '../../src/app/selectors/footer.ts';
import { isMarked } from '../../src/app/selectors/marks.ts';
import { aFinding, manyFindings } from './fakes/findings.ts';
import { openJourney } from './fakes/journey.ts';

type Journey = Awaited<ReturnType<typeof openJourney>>;

const marked = (journey: Journey): string[] => {
  const { ids } = journey.state().marks;
  return journey.fake.findings.filter((finding) => ids.has(finding.exposureId)).map((finding) => finding.id);
};

test('space marks and unmarks the row under the cursor', async () => {
  const journey = await openJourney();
  await journey.press(' jj ');
  assert.deepEqual(marked(journey), ['f001', 'f003']);
  await journey.press(' ');
  assert.deepEqual(marked(journey), ['f001']);
});

test('v marks a range, shown while it grows', async () => {
  const journey = await openJourney();
  await journey.press('jvjj');
  const state = journey.state();
  assert.equal(selectFooter(state).marked, 'range of 3 rows');
  assert.deepEqual(
    state.list.rows.slice(0, 5).map((row, index) => isMarked(state, row, index)),
    [false, true, true, true, false],
  );
  await journey.press('v');
  assert.deepEqual(marked(journey), ['f002', 'f003', 'f004']);
});

test('a range beyond the loaded window is marked as a whole', async () => {
  const journey = await openJourney({ findings: manyFindings(300) });
  await journey.press('vG');
  await journey.press('v');
  assert.equal(journey.state().marks.ids.size, 300);
});

test('an action closes an open range first', async () => {
  const journey = await openJourney();
  await journey.press('vjj');
  await journey.press('a');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind === 'confirm' && dialog.plan.exposureIds.length, 3);
});

/** Presses `*`; the ids of all rows come when the gate opens. */
async function startMarking(journey: Journey): Promise<PromiseWithResolvers<void>> {
  const gate = Promise.withResolvers<void>();
  journey.world.gates.set('exposureIds', gate.promise);
  journey.store.input('*');
  await Promise.resolve();
  return gate;
}

test('keys pressed while marks are on their way wait for them: * and a in one go archive all', async () => {
  const journey = await openJourney({ findings: manyFindings(120) });
  const gate = await startMarking(journey);
  journey.store.input('j');
  journey.store.input('a');
  assert.equal(journey.state().list.cursor, 1, 'moving on needs no marks');
  assert.equal(journey.state().dialog, undefined, 'a waits');
  gate.resolve();
  await journey.store.idle();
  const { dialog } = journey.state();
  assert.equal(dialog?.kind === 'confirm' && dialog.plan.exposureIds.length, 120);
});

test('a command of the palette does not act on less than what is being marked', async () => {
  const journey = await openJourney();
  const gate = await startMarking(journey);
  for (const keys of [':', 'archive', '\r']) {
    journey.store.input(keys);
    await Promise.resolve();
  }
  assert.equal(journey.state().dialog?.kind, 'palette');
  assert.match(journey.state().toast?.text ?? '', /still loading/);
  gate.resolve();
  await journey.store.idle();
  await journey.keys('enter');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind === 'confirm' && dialog.plan.exposureIds.length, 40);
});

test('esc while marks are on their way: nothing is marked', async () => {
  const journey = await openJourney();
  const gate = await startMarking(journey);
  journey.store.input('\u001b');
  gate.resolve();
  await journey.store.idle();
  assert.equal(journey.state().marks.ids.size, 0);
});

test('marks that cannot be read keep no key waiting', async () => {
  const journey = await openJourney();
  const gate = await startMarking(journey);
  journey.store.input('a');
  gate.reject(new Error('The disk is gone.'));
  await journey.store.idle();
  const { marks, waiting } = journey.state();
  assert.deepEqual([marks.ids.size, marks.coming, waiting], [0, false, []]);
});

test('* marks all that the filter shows at that moment; what arrives later is not among them', async () => {
  const journey = await openJourney({ findings: manyFindings(120) });
  await journey.press('*');
  assert.equal(journey.state().marks.ids.size, 120);
  journey.fake.findings = [...journey.fake.findings, aFinding('later')];
  await journey.refresh();
  assert.equal(journey.state().marks.ids.size, 120);
  assert.equal(marked(journey).includes('later'), false);
  await journey.press('a');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind === 'confirm' && dialog.plan.exposureIds.length, 120);
});

test('what is marked while a refresh asks about the marks of before stays marked', async () => {
  const journey = await openJourney();
  await journey.press(' ');
  const gate = Promise.withResolvers<void>();
  journey.world.gates.set('exposureIds', gate.promise);
  journey.store.dispatch({ kind: 'store-changed' });
  journey.store.input('j ');
  gate.resolve();
  await journey.store.idle();
  assert.deepEqual(marked(journey), ['f001', 'f002']);
  assert.equal(journey.state().toast, undefined);
});

test('* again unmarks them', async () => {
  const journey = await openJourney();
  await journey.press('*');
  await journey.press('*');
  assert.equal(journey.state().marks.ids.size, 0);
});

test('esc is a ladder: the range, then the marks, then the filter', async () => {
  const journey = await openJourney();
  await journey.press('/');
  await journey.press('bucket');
  await journey.keys('enter', 'space', 'v', 'esc');
  assert.equal(journey.state().marks.anchor, undefined);
  assert.equal(journey.state().marks.ids.size, 1);
  await journey.keys('esc');
  assert.equal(journey.state().marks.ids.size, 0);
  assert.equal(journey.state().list.filterText, 'status:active bucket');
  await journey.keys('esc');
  assert.equal(journey.state().list.filterText, 'status:active');
});

test('marks of what has gone go with it, and that is said', async () => {
  const journey = await openJourney();
  await journey.press(' j ');
  journey.fake.findings = journey.fake.findings.map((finding) =>
    finding.id === 'f001' ? { ...finding, status: 'RESOLVED' } : finding,
  );
  await journey.refresh();
  assert.deepEqual(marked(journey), ['f002']);
  assert.equal(journey.state().toast?.text, '1 marked row is gone.');
});

test('a mark that another filter hides stays, is counted as hidden, and is left alone', async () => {
  const findings = [...manyFindings(3), aFinding('pub', { isPublic: true, principal: { AWS: '*' } })];
  const journey = await openJourney({ findings });
  await journey.press('*');
  await journey.press('/');
  await journey.press('public:yes');
  await journey.keys('enter');
  assert.equal(selectFooter(journey.state()).marked, '4 marked · 3 hidden by the filter');
  await journey.press('a');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind === 'confirm' && dialog.plan.exposureIds.length, 1);
  await journey.keys('esc', 'esc');
  assert.equal(journey.state().marks.ids.size, 0);
});

test('marked:yes follows the marks', async () => {
  const journey = await openJourney();
  await journey.press(' j ');
  await journey.press('/');
  await journey.press('marked:yes');
  await journey.keys('enter');
  assert.equal(journey.state().list.counts?.exposures, 2);
  await journey.press(' ');
  assert.equal(journey.state().list.counts?.exposures, 1);
});

test('a range follows the row it began at through a refresh', async () => {
  const journey = await openJourney({ findings: manyFindings(8) });
  await journey.press('jjvj');
  journey.fake.findings = journey.fake.findings.filter((finding) => finding.id !== 'f001');
  await journey.refresh();
  await journey.press('v');
  assert.deepEqual(marked(journey), ['f003', 'f004']);
});

test('in an open detail a command acts on what is shown, not on marks that it covers', async () => {
  const journey = await openJourney();
  await journey.press(' j ');
  await journey.keys('j', 'enter');
  assert.equal(selectFooter(journey.state()).marked, '');
  await journey.keys('a');
  const { dialog } = journey.state();
  assert.deepEqual(dialog?.kind === 'confirm' && dialog.names, ['s3 bucket-f003 · 444455556666 · GetObject']);
});

test('after acting under an open detail the detail goes on to the next row, and the marks stay', async () => {
  const journey = await openJourney();
  await journey.press(' jj');
  await journey.keys('enter', 'a', 'enter');
  assert.equal(journey.state().detail.data?.row.resource, 'arn:aws:s3:::bucket-f004');
  assert.equal(journey.state().marks.ids.size, 1);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProblemError } from '../../src/domain/problem.ts';
import { aFinding, DAY, manyFindings, NOW } from './fakes/findings.ts';
import { beginJourney, openJourney } from './fakes/journey.ts';

test('the list stands after opening, oldest of equal risk first', async () => {
  const journey = await openJourney();
  assert.equal(journey.state().list.counts?.exposures, 40);
  assert.equal(journey.under(), 'f001');
  assert.equal(journey.state().list.loading, false);
});

test('a burst of keys in one chunk is as many moves', async () => {
  const journey = await openJourney();
  await journey.press('jjj');
  assert.equal(journey.under(), 'f004');
  await journey.press('\u001b[B\u001b[B\u001b[A');
  assert.equal(journey.under(), 'f005');
});

test('g G and pages move within the list and never beyond it', async () => {
  const journey = await openJourney();
  await journey.keys('G');
  assert.equal(journey.under(), 'f040');
  assert.equal(journey.state().list.top, 30, 'ten lines of the last screen are filled');
  await journey.keys('pgdown', 'j');
  assert.equal(journey.under(), 'f040');
  await journey.keys('g');
  assert.equal(journey.under(), 'f001');
  await journey.keys('pgdown');
  assert.equal(journey.under(), 'f011');
  await journey.keys('ctrl+d');
  assert.equal(journey.under(), 'f016');
  await journey.keys('ctrl+u', 'pgup');
  assert.equal(journey.under(), 'f001');
});

test('a held key that outruns the loaded window loses no move', async () => {
  const journey = await openJourney({ findings: manyFindings(300) });
  await journey.press('j'.repeat(250));
  assert.equal(journey.state().list.cursor, 250);
  assert.equal(journey.under(), 'f251');
  assert.notEqual(journey.state().list.cursorId, undefined);
});

test('moves inside the loaded window ask the store for nothing', async () => {
  const journey = await openJourney({ findings: manyFindings(300) });
  const before = journey.world.calls.length;
  await journey.press('jjjjj');
  assert.deepEqual(journey.world.calls.slice(before), []);
});

test('the window is asked for again before its edge is on the screen', async () => {
  const journey = await openJourney({ findings: manyFindings(300) });
  const before = journey.world.calls.length;
  await journey.press('j'.repeat(26));
  const asked = journey.world.calls.slice(before).filter((call) => call.startsWith('window'));
  assert.deepEqual(asked, ['window 0+26', 'window 2+30'], 'every half page, not for every key');
});

test('a refresh leaves the cursor on its exposure and its screen line, and says what changed', async () => {
  const journey = await openJourney();
  await journey.press('j'.repeat(20));
  const { cursor, top } = journey.state().list;
  const older = aFinding('new', { createdAt: NOW - 400 * DAY });
  journey.fake.findings = [older, ...journey.fake.findings];
  await journey.refresh();
  const { list } = journey.state();
  assert.equal(journey.under(), 'f021');
  assert.equal(list.cursor, cursor + 1);
  assert.equal(list.cursor - list.top, cursor - top);
  assert.equal(list.notice, '1 new');
  await journey.keys('j');
  assert.equal(journey.state().list.notice, undefined, 'said until the next key');
});

test('what a refresh took and brought is counted exactly where the whole list is loaded', async () => {
  const journey = await openJourney({ findings: manyFindings(6) });
  await journey.press('j');
  journey.fake.findings = [...journey.fake.findings.slice(2), aFinding('n1')];
  await journey.refresh();
  assert.equal(journey.state().list.notice, '1 new, 2 gone');
  journey.fake.findings = journey.fake.findings.slice(1);
  await journey.refresh();
  assert.equal(journey.state().list.notice, '1 new, 3 gone', 'adds up until a person reacts');
});

test('where the exposure under the cursor goes, the cursor keeps its row', async () => {
  const journey = await openJourney({ findings: manyFindings(6) });
  await journey.press('jj');
  journey.fake.findings = journey.fake.findings.filter((finding) => finding.id !== 'f003');
  await journey.refresh();
  assert.equal(journey.under(), 'f004');
  assert.equal(journey.state().list.cursor, 2);
});

test('where rows above the cursor go with its own, it goes to the first that is left below', async () => {
  const journey = await openJourney();
  await journey.press('jjj j jv' + 'j'.repeat(6));
  await journey.press('a');
  await journey.keys('enter');
  assert.equal(journey.state().list.counts?.exposures, 31);
  assert.equal(journey.under(), 'f013');
  assert.equal(journey.state().list.cursor, 3);
});

test('where all below the cursor go as well, it goes to the last that is left', async () => {
  const journey = await openJourney({ findings: manyFindings(6) });
  await journey.press('jj vjjj');
  await journey.press('a');
  await journey.keys('enter');
  assert.equal(journey.under(), 'f002');
});

/** Rows that come in above all others, the first of them topmost. */
const above = ['n1', 'n2', 'n3', 'n4'].map((id, at) => aFinding(id, { createdAt: NOW - (500 - at) * DAY }));

test('at the top a key that moves nothing does not hold the first row: what comes in above is seen', async () => {
  const journey = await openJourney();
  const keys = [['t'], ['esc'], ['j', 'k'], ['5', '1']];
  for (const [at, chords] of keys.entries()) {
    await journey.keys(...chords);
    journey.fake.findings = [...journey.fake.findings, ...above.slice(3 - at, 4 - at)];
    await journey.refresh();
    assert.deepEqual([journey.under(), journey.state().list.top], [`n${4 - at}`, 0], chords.join());
  }
});

test('what is open about the first row holds it', async () => {
  for (const key of ['enter', 'v', 'a', 'y']) {
    const journey = await openJourney();
    await journey.keys(key);
    journey.fake.findings = [...journey.fake.findings, ...above];
    await journey.refresh();
    assert.equal(journey.under(), 'f001', key);
  }
});

test('a row that was gone to while the top was asked for is kept', async () => {
  const journey = await openJourney();
  await journey.keys('t', 'esc');
  const gate = Promise.withResolvers<void>();
  journey.world.gates.set('around', gate.promise);
  journey.fake.findings = [...journey.fake.findings, ...above];
  journey.store.dispatch({ kind: 'store-changed' });
  journey.store.input('jj');
  gate.resolve();
  await journey.store.idle();
  assert.equal(journey.under(), 'f003');
});

test('moves while a refresh is under way are kept', async () => {
  const journey = await openJourney();
  const gate = Promise.withResolvers<void>();
  journey.world.gates.set('around', gate.promise);
  journey.store.dispatch({ kind: 'store-changed' });
  journey.store.input('jjj');
  gate.resolve();
  await journey.store.idle();
  assert.equal(journey.under(), 'f004');
});

test('an answer to an older question is dropped', async () => {
  const journey = await openJourney();
  const { list } = journey.state();
  const before = journey.state();
  const late = {
    reason: 'query',
    counts: { exposures: 1, findings: 1, publicFindings: 0 },
    offset: 0,
    rows: [],
  } as const;
  journey.store.dispatch({
    kind: 'list-loaded',
    version: list.version - 1,
    found: undefined,
    heir: undefined,
    askedCursor: 0,
    ...late,
  });
  assert.equal(journey.state(), before);
});

test('a store that changes all the time does not starve the list', async () => {
  const journey = await openJourney();
  const before = journey.world.calls.filter((call) => call === 'around').length;
  for (let change = 0; change < 50; change++) journey.store.dispatch({ kind: 'store-changed' });
  await journey.store.idle();
  const asked = journey.world.calls.filter((call) => call === 'around').length - before;
  assert.equal(asked, 2, 'one under way, one more for all that came meanwhile');
  assert.equal(journey.state().list.loading, false);
});

test('a list that cannot be read says so and keeps its rows', async () => {
  const journey = await openJourney();
  journey.world.gates.set('around', Promise.reject(new Error('disk I/O error')));
  await journey.refresh();
  assert.match(journey.state().list.problem?.message ?? '', /disk I\/O error/);
  assert.equal(journey.state().list.rows.length > 0, true);
  assert.equal(journey.state().list.loading, false);
});

test('keys before the first answer do no harm', async () => {
  const journey = beginJourney();
  journey.store.input('jjG av*z');
  await journey.open();
  assert.equal(journey.state().list.counts?.exposures, 40);
});

test('rows that change places are said, in a list that is larger than what is loaded', async () => {
  const journey = await openJourney({ findings: manyFindings(300) });
  await journey.press('jj');
  journey.fake.findings = journey.fake.findings.map((finding) =>
    finding.id === 'f001' ? { ...finding, createdAt: NOW } : finding,
  );
  await journey.refresh();
  assert.equal(journey.under(), 'f003');
  assert.equal(journey.state().list.notice, 'rows changed places');
});

test('a refresh that changes nothing says nothing', async () => {
  const journey = await openJourney({ findings: manyFindings(300) });
  await journey.refresh();
  assert.equal(journey.state().list.notice, undefined);
});

test('until a person presses a key the first row stays first: what is most urgent is on the screen', async () => {
  const journey = await openJourney();
  journey.fake.findings = [
    aFinding('pub', { isPublic: true, principal: { AWS: '*' } }),
    ...journey.fake.findings,
  ];
  await journey.refresh();
  assert.equal(journey.under(), 'pub');
  assert.equal(journey.state().list.top, 0);
  assert.equal(journey.state().list.notice, undefined);
});

test('nor does a window that the store answered a moment later move it from the first row', async () => {
  const journey = await openJourney();
  const { version, rows } = journey.state().list;
  journey.store.dispatch({ kind: 'window-loaded', version, offset: 0, rows: rows.toReversed() });
  assert.equal(journey.state().list.cursor, 0);
});

test('a read that the store dropped for another one is asked again', async () => {
  const journey = await openJourney();
  const { gates } = journey.world;
  gates.set('around', {
    then: (resolve, reject) => {
      gates.delete('around');
      return Promise.reject(new ProblemError({ kind: 'cancelled', message: 'Cancelled.' })).then(
        resolve,
        reject,
      );
    },
  });
  await journey.refresh();
  assert.equal(gates.size, 0, 'it was dropped once');
  assert.equal(journey.state().list.loading, false);
  assert.equal(journey.state().list.problem, undefined);
});

test('where the list of a new filter cannot be read nothing acts on the rows of the one before, and says why', async () => {
  const journey = await openJourney();
  const damaged = new ProblemError({ kind: 'store-unusable', message: 'The store is damaged.' });
  journey.world.gates.set('around', {
    then: (resolve, reject) => Promise.reject(damaged).then(resolve, reject),
  });
  await journey.press('/');
  await journey.press('bucket');
  await journey.keys('enter');
  assert.equal(journey.state().list.problem?.message, 'The store is damaged.');
  for (const key of ['a', 'r', 'y']) {
    await journey.keys(key);
    assert.deepEqual(
      [journey.state().dialog, journey.state().toast?.text],
      [undefined, 'The list could not be read.'],
      key,
    );
  }
});

test('a key for a row that is not loaded yet waits for it', async () => {
  const journey = await openJourney({ findings: manyFindings(300) });
  const gate = Promise.withResolvers<void>();
  journey.world.gates.set('window', gate.promise);
  journey.store.input('G');
  journey.store.input('a');
  assert.equal(journey.state().dialog, undefined);
  assert.equal(journey.state().toast, undefined, 'it is not refused either');
  gate.resolve();
  await journey.store.idle();
  assert.equal(journey.under(), 'f300');
  assert.equal(journey.state().dialog?.kind, 'confirm');
});

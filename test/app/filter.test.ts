import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aFinding, manyFindings } from './fakes/findings.ts';
import { valueItems } from '../../src/app/update/completion.ts';
import { openJourney } from './fakes/journey.ts';

const findings = [
  ...manyFindings(5),
  aFinding('pub', { isPublic: true, principal: { AWS: '*' } }),
  aFinding('old', { status: 'ARCHIVED' }),
];

test('the list follows what is typed, and enter keeps it', async () => {
  const journey = await openJourney({ findings });
  assert.equal(journey.state().list.counts?.exposures, 6);
  await journey.keys('/');
  assert.equal(journey.state().filterBar?.text, 'status:active ');
  await journey.press('public:yes');
  assert.equal(journey.state().list.counts?.exposures, 1);
  assert.equal(journey.state().list.filterText, 'status:active public:yes');
  await journey.keys('enter');
  assert.equal(journey.state().filterBar, undefined);
  assert.equal(journey.under(), 'pub');
});

test('esc puts filter and cursor back', async () => {
  const journey = await openJourney({ findings });
  await journey.press('jjj');
  const before = journey.under();
  await journey.press('/');
  await journey.press('public:yes');
  await journey.keys('esc');
  assert.equal(journey.state().list.filterText, 'status:active');
  assert.equal(journey.state().filterBar, undefined);
  assert.equal(journey.under(), before);
});

test('a wrong filter points at the character and leaves the list as it was', async () => {
  const journey = await openJourney({ findings });
  await journey.press('/');
  await journey.press('stauts:x');
  const { filterBar, list } = journey.state();
  assert.match(filterBar?.problem?.message ?? '', /stauts/);
  assert.equal(filterBar?.problem?.span.start, 'status:active '.length);
  assert.equal(list.counts?.exposures !== undefined && list.rows.length === list.counts.exposures, true);
  await journey.keys('enter');
  assert.notEqual(journey.state().filterBar, undefined, 'enter keeps a wrong filter open');
});

test('keys are completed with what they mean', async () => {
  const journey = await openJourney({ findings });
  await journey.press('/');
  await journey.press('acc');
  const items = journey.state().filterBar?.completions ?? [];
  assert.deepEqual(
    items.map((item) => item.insert),
    ['account:'],
  );
  assert.match(items[0]?.hint ?? '', /[Aa]ccount/);
  await journey.keys('tab');
  assert.equal(journey.state().filterBar?.text, 'status:active account:');
});

test('values come from the store with their counts, and enter takes the chosen one', async () => {
  const journey = await openJourney({ findings });
  await journey.press('/');
  await journey.press('region:');
  assert.deepEqual(
    journey.state().filterBar?.completions.map((item) => [item.insert, item.hint]),
    [
      ['us-east-1', '3'],
      ['eu-west-1', '1'],
    ],
  );
  await journey.keys('down', 'down', 'enter');
  assert.equal(journey.state().filterBar?.text, 'status:active region:eu-west-1');
  assert.equal(journey.state().list.counts?.exposures, 0);
});

test('an account is completed by its name, too', async () => {
  const accountNames = { '123456789012': 'prod', '210987654321': 'staging', '333333333333': 'sand box' };
  const journey = await openJourney({ findings, mode: { accountNames } });
  const offered = () => journey.state().filterBar?.completions.map((item) => [item.insert, item.hint]);
  await journey.press('/');
  await journey.press('account:s');
  assert.deepEqual(offered(), [
    ['staging', '210987654321'],
    ['"sand box"', '333333333333'],
  ]);
  await journey.press('t');
  await journey.keys('tab');
  assert.equal(journey.state().filterBar?.text, 'status:active account:staging');
  const counted = [{ value: '123456789012', count: 1234 }];
  const field = { text: 'account:', caret: 8 };
  assert.deepEqual(
    valueItems(field, counted, accountNames).map(({ insert, hint }) => [insert, hint]),
    [['123456789012', '1,234  prod']],
  );
});

test('fixed values need no asking', async () => {
  const journey = await openJourney({ findings });
  await journey.press('/');
  const before = journey.world.calls.filter((call) => call === 'values').length;
  await journey.press('status:ar');
  assert.deepEqual(
    journey.state().filterBar?.completions.map((item) => item.insert),
    ['archived'],
  );
  assert.equal(journey.world.calls.filter((call) => call === 'values').length, before);
});

test('values that come late for another text are dropped', async () => {
  const journey = await openJourney({ findings });
  await journey.press('/');
  await journey.press('region:u');
  const before = journey.state();
  journey.store.dispatch({
    kind: 'values-loaded',
    key: 'region',
    text: 'region:',
    values: [{ value: 'late', count: 1 }],
  });
  assert.equal(journey.state(), before);
});

test('a paste goes into the filter as one line', async () => {
  const journey = await openJourney({ findings });
  await journey.press('/');
  journey.store.paste('public:yes\r\n');
  await journey.store.idle();
  assert.equal(journey.state().filterBar?.text, 'status:active public:yes');
  assert.equal(journey.state().list.counts?.exposures, 1);
  assert.notEqual(journey.state().filterBar, undefined, 'the newline did not press enter');
});

test('the cursor follows its exposure through another filter, else it goes to the top', async () => {
  const journey = await openJourney({ findings });
  await journey.press('jj');
  const under = journey.under();
  await journey.press('/');
  await journey.press('public:no');
  await journey.keys('enter');
  assert.equal(journey.under(), under);
  await journey.keys('esc');
  assert.equal(journey.state().list.filterText, 'status:active', 'esc clears to the filter it began with');
});

test('nothing acts on rows of an earlier filter: keys wait for the rows they are meant for', async () => {
  const journey = await openJourney({ findings });
  const gate = Promise.withResolvers<void>();
  journey.world.gates.set('around', gate.promise);
  journey.store.input('/');
  await Promise.resolve();
  journey.store.input('f003\ra');
  assert.equal(journey.state().dialog, undefined);
  assert.deepEqual(
    journey.state().waiting.map((pressed) => pressed.chord),
    ['a'],
  );
  gate.resolve();
  await journey.store.idle();
  const { dialog } = journey.state();
  assert.deepEqual(dialog?.kind === 'confirm' && dialog.names, ['s3 bucket-f003 · 444455556666 · GetObject']);
  assert.deepEqual(journey.state().waiting, []);
});

test('keys that waited keep their order, and the dialog that one of them opens ignores the rest of its chunk', async () => {
  const journey = await openJourney({ findings });
  const gate = Promise.withResolvers<void>();
  journey.world.gates.set('around', gate.promise);
  await journey.keys('V');
  journey.store.input(['1']);
  await Promise.resolve();
  journey.store.input('jj jja\r');
  gate.resolve();
  await journey.store.idle();
  const state = journey.state();
  assert.equal(state.marks.ids.size, 1);
  assert.equal(state.dialog?.kind, 'confirm');
  assert.deepEqual(state.dialog.names, ['s3 bucket-f002 · 444455556666 · GetObject']);
});

test('a list that cannot be read frees the keys that waited', async () => {
  const journey = await openJourney({ findings });
  journey.world.gates.set('around', Promise.reject(new Error('disk I/O error')));
  await journey.press('/');
  journey.store.input('x\ra');
  await journey.store.idle();
  assert.deepEqual(journey.state().waiting, []);
  assert.equal(journey.state().dialog, undefined);
});

test('half a key is no search: the list waits for the word to be one or the other', async () => {
  const journey = await openJourney({ findings });
  await journey.press('/');
  await journey.press('publ');
  assert.equal(journey.state().list.filterText, 'status:active');
  assert.equal(journey.state().list.counts?.exposures, 6);
  await journey.press('ish');
  assert.equal(journey.state().list.filterText, 'status:active publish', 'no key begins so: a search');
  await journey.keys('ctrl+w');
  await journey.press('public');
  await journey.keys('enter');
  assert.equal(journey.state().list.filterText, 'status:active public', 'enter means what is written');
});

test('a wrong word leaves the list as it was before that word', async () => {
  const journey = await openJourney({ findings });
  await journey.press('/');
  await journey.press('public:no stauts');
  assert.equal(journey.state().list.counts?.exposures, 0, 'a bare word searches');
  await journey.press(':x');
  assert.equal(journey.state().list.filterText, 'status:active public:no');
  assert.equal(journey.state().list.counts?.exposures, 5);
  await journey.press(' f00');
  assert.equal(journey.state().list.filterText, 'status:active public:no f00');
});

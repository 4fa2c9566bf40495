import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openJourney } from './fakes/journey.ts';

test('keys that came in the chunk that opened a dialog are not for it', async () => {
  const journey = await openJourney();
  await journey.press(':q\r');
  const { dialog, quit } = journey.state();
  assert.equal(quit, undefined);
  assert.equal(dialog?.kind, 'palette');
  assert.equal(dialog.field.text, '', 'the rest of the chunk was dropped');
  await journey.press('q');
  const after = journey.state().dialog;
  assert.equal(after?.kind === 'palette' && after.field.text, 'q', 'the next chunk is for it');
});

test('archive and enter in one chunk confirm nothing', async () => {
  const journey = await openJourney();
  await journey.press('a\r\u001b[B\r');
  assert.equal(journey.state().dialog?.kind, 'confirm');
  assert.equal(journey.state().list.cursor, 0, 'nor did the list get them');
  assert.deepEqual(
    journey.world.calls.filter((call) => call.startsWith('run')),
    [],
  );
});

test('keys while a plan is being made are dropped, but esc leaves', async () => {
  const journey = await openJourney();
  const gate = Promise.withResolvers<void>();
  journey.world.gates.set('plan', gate.promise);
  journey.store.input('a');
  await Promise.resolve();
  journey.store.input('\r');
  assert.equal(journey.state().dialog?.kind, 'planning');
  await Promise.resolve();
  journey.store.input('\u001b');
  assert.equal(journey.state().dialog, undefined);
  gate.resolve();
  await journey.store.idle();
  assert.equal(journey.state().dialog, undefined, 'the late plan opens nothing');
});

test('one turn of the event loop is one chunk, however many calls bring it', async () => {
  const journey = await openJourney();
  journey.store.input(':');
  journey.store.input(['q']);
  const { dialog } = journey.state();
  assert.equal(dialog?.kind === 'palette' && dialog.field.text, '');
});

test('a paste is text, never keys: in the list it does nothing but say so', async () => {
  const journey = await openJourney();
  journey.store.paste('q\ra\rjj');
  await journey.store.idle();
  const state = journey.state();
  assert.equal(state.quit, undefined);
  assert.equal(state.dialog, undefined);
  assert.equal(state.list.cursor, 0);
  assert.match(state.toast?.text ?? '', /press \/ to filter/);
});

test('a paste into a dialog goes into its field as one line', async () => {
  const journey = await openJourney();
  await journey.keys('a');
  journey.store.paste('ticket\n42\r');
  const { dialog } = journey.state();
  assert.equal(dialog?.kind === 'confirm' && dialog.reason.text, 'ticket 42');
  assert.deepEqual(
    journey.world.calls.filter((call) => call.startsWith('run')),
    [],
  );
});

test('ctrl+c leaves from anywhere', async () => {
  const journey = await openJourney();
  await journey.keys('a', 'ctrl+c');
  assert.deepEqual(journey.state().quit, { exitCode: 0 });
});

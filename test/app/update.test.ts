import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../domain/fixed-seed.ts';
import type { Message } from '../../src/app/message.ts';
import { listRows } from '../../src/app/layout.ts';
import { update } from '../../src/app/update.ts';
import { aState, beginJourney, openJourney } from './fakes/journey.ts';
import { manyFindings } from './fakes/findings.ts';

test('the same state object where nothing changed', async () => {
  const journey = await openJourney();
  await journey.press('jk');
  const state = journey.state();
  const idle: readonly Message[] = [
    { kind: 'key', chord: 'k', chunk: 9 },
    { kind: 'key', chord: 'f12', chunk: 9 },
    { kind: 'key', chord: 'esc', chunk: 9 },
    { kind: 'resize', columns: state.viewport.columns, rows: state.viewport.rows },
    { kind: 'tick', now: state.now + 1000 },
    { kind: 'show-screen', screen: 'findings' },
    { kind: 'toast-expired', id: 99 },
    { kind: 'window-loaded', version: -1, offset: 0, rows: [] },
    {
      kind: 'marks-loaded',
      version: -1,
      reason: 'refresh',
      asked: new Set(),
      existing: new Set(),
      shown: new Set(),
    },
    { kind: 'detail-loaded', exposureId: 'other', data: undefined, history: [] },
    { kind: 'change-progress', done: 1, total: 2 },
    { kind: 'recovered', recoveries: [] },
    {
      kind: 'planned',
      serial: -1,
      request: { kind: 'redo' },
      result: { ok: false, problem: { kind: 'bug', message: '' } },
    },
  ];
  for (const message of idle) {
    const [next, effects] = update(state, message);
    assert.equal(next, state, message.kind);
    assert.deepEqual(effects, [], message.kind);
  }
});

test('update changes no state that it was given', () => {
  const state = aState();
  const frozen = JSON.stringify(state);
  update(state, { kind: 'move', unit: 'row', by: 1 });
  update(state, { kind: 'open-filter' });
  update(state, { kind: 'toggle-mark' });
  assert.equal(JSON.stringify(state), frozen);
});

test('a tick moves the clock once it matters', () => {
  const state = aState();
  assert.equal(update(state, { kind: 'tick', now: state.now + 60_000 })[0].now, state.now + 60_000);
});

test('opening reads the store, recovers, then syncs; offline it only reads', () => {
  const kinds = (offline: boolean) =>
    update(aState({ mode: { offline } }), { kind: 'opened' })[1].map((effect) => effect.kind);
  assert.deepEqual(kinds(false), ['load-list', 'load-summary', 'load-journal', 'recover', 'sync']);
  assert.deepEqual(kinds(true), ['load-list', 'load-summary', 'load-journal']);
});

const chords = [
  'j', 'k', 'down', 'up', 'pgdown', 'pgup', 'ctrl+d', 'ctrl+u', 'g', 'G', 'enter', 'esc', '/', 'space', 'v', '*',
  '1', '2', '3', '4', '5', 'tab', 'V', 'S', ':', 'ctrl+r', 'a', 'u', 's', 'z', 'Z', 'y', 'o', 'e', '?', 't', 'J', 'K',
  'x', 'backspace', 'home', 'end', '日', 'delete',
]; // prettier-ignore

test('whatever is pressed, the cursor is on a row and on the screen, and nothing throws', async () => {
  const step = fc.oneof(
    fc.record({ keys: fc.array(fc.constantFrom(...chords), { minLength: 1, maxLength: 6 }) }),
    fc.record({ rows: fc.integer({ min: 1, max: 50 }), columns: fc.integer({ min: 1, max: 200 }) }),
    fc.record({ gone: fc.integer({ min: 0, max: 30 }) }),
    fc.record({ paste: fc.constantFrom('q\r', 'status:active', '\u001b[2J') }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const journey = beginJourney({ findings: manyFindings(30) });
      await journey.open();
      for (const each of steps) {
        if ('keys' in each) await journey.keys(...each.keys);
        else if ('rows' in each) journey.store.dispatch({ kind: 'resize', ...each });
        else if ('paste' in each) journey.store.paste(each.paste);
        else journey.fake.findings = journey.fake.findings.slice(0, 30 - each.gone);
        if ('gone' in each) journey.store.dispatch({ kind: 'store-changed' });
        await journey.store.idle();
        const { list, viewport } = journey.state();
        const total = list.counts?.exposures ?? 0;
        assert.equal(list.loading, false);
        assert.ok(total === 0 || (list.cursor >= 0 && list.cursor < total), 'on a row');
        assert.ok(list.top <= list.cursor && list.cursor < list.top + listRows(viewport), 'on the screen');
        assert.equal(
          list.cursorId,
          list.rows[list.cursor - list.offset]?.exposureId,
          'its exposure is known',
        );
        assert.ok(total === 0 || list.cursorId !== undefined);
      }
    }),
    { numRuns: 60 },
  );
});

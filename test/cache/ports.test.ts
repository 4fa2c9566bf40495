import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../src/cache/store.ts';
import type { SyncStore } from '../../src/sync/ports.ts';
import type { JournalStore, TriageStore } from '../../src/triage/ports.ts';
import { opened } from './open.ts';

/** The compiler is the test: the store fills the ports of rooms that it may not import. */
const asPorts = (store: Store): SyncStore & JournalStore & TriageStore => store;

test('the store fills the ports of sync and triage', () => {
  const ports = asPorts(opened());
  for (const name of ['beginPass', 'saveFinding', 'openEntry', 'decision'] as const) {
    assert.equal(typeof ports[name], 'function');
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AppState } from '../../src/app/state.ts';
import { throttledSource } from '../../src/ui/state-source.ts';
import { stateWith } from './fixture.ts';

function fakeStore(): {
  getState(): AppState;
  subscribe(listener: () => void): () => void;
  change(): void;
  listeners: Set<() => void>;
} {
  const listeners = new Set<() => void>();
  return {
    listeners,
    getState: () => stateWith([]),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change: () => listeners.forEach((listener) => listener()),
  };
}

test('the first change is heard at once, those after it together', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const store = fakeStore();
  let heard = 0;
  const stop = throttledSource(store, 1_000_000).subscribe(() => heard++);
  store.change();
  assert.equal(heard, 1);
  store.change();
  store.change();
  assert.equal(heard, 1);
  t.mock.timers.tick(1_000_000);
  assert.equal(heard, 2, 'what came meanwhile, once');
  store.change();
  stop();
  t.mock.timers.tick(1_000_000);
  assert.equal(heard, 2, 'nothing after the end');
  assert.equal(store.listeners.size, 0);
});

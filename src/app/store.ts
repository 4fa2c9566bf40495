import { splitChunk } from './input.ts';
import type { Chord } from './keymap.ts';
import type { Effect } from './effect.ts';
import type { Message } from './message.ts';
import type { EffectContext } from './effect-context.ts';
import { runEffect } from './run-effect.ts';
import type { Services } from './services.ts';
import type { Rest } from './slots.ts';
import { createSlots } from './slots.ts';
import type { AppState } from './state.ts';
import { update } from './update.ts';

/** The console's state and the one way to change it. Knows nothing of a screen. */
export interface AppStore {
  getState(): AppState;
  dispatch(message: Message): void;
  /** Called after the state changed; answers how to stop. */
  subscribe(listener: () => void): () => void;
  /** Keys of a raw input chunk, or chords already split. All calls of one turn of the event loop are one chunk. */
  input(keys: string | readonly Chord[]): void;
  paste(text: string): void;
  /** Resolves when no effect is running any more. */
  idle(): Promise<void>;
}

export interface StoreOptions {
  readonly initial: AppState;
  readonly services: Services;
  /** Waiting of debounced effects; the tests' own does not wait. */
  readonly rest?: Rest;
}

export function createStore({ initial, services, rest }: StoreOptions): AppStore {
  let state = initial;
  const listeners = new Set<() => void>();
  const running = new Set<Promise<void>>();
  const chunks = createChunkSerial();
  const context: EffectContext = { services, slots: createSlots(rest), dispatch };

  function start(effect: Effect): void {
    const run = runEffect(effect, context).finally(() => running.delete(run));
    // A toast that waits for its end is no work.
    if (effect.kind !== 'expire-toast') running.add(run);
  }

  function apply(message: Message): boolean {
    const before = state;
    const [next, asked] = update(state, message);
    state = next;
    asked.forEach(start);
    return next !== before;
  }

  function notify(): void {
    for (const listener of [...listeners]) listener();
  }

  function dispatch(message: Message): void {
    if (apply(message)) notify();
  }

  return {
    getState: () => state,
    dispatch,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    input(keys) {
      const chunk = chunks.current();
      const before = state;
      // Each key meets the state that the key before it made; the screen hears of the chunk once.
      for (const chord of typeof keys === 'string' ? splitChunk(keys) : keys)
        apply({ kind: 'key', chord, chunk });
      if (state !== before) notify();
    },
    paste: (text) => dispatch({ kind: 'paste', text }),
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** One number for all input of one turn: Ink hands a chunk on in several calls, one after the other. */
function createChunkSerial(): { current(): number } {
  let serial = 0;
  let open = false;
  return {
    current() {
      if (!open) {
        open = true;
        serial += 1;
        queueMicrotask(() => {
          open = false;
        });
      }
      return serial;
    },
  };
}

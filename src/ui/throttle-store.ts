import type { ConsoleStore } from './console-root.tsx';

/**
 * The same store, whose listeners hear of at most one change per `intervalMs`: the first at once, what follows within the
 * interval together at its end. A sync that says much cannot keep the screen busy, and no key waits for a timer that has
 * not been earned.
 */
export function throttleStore(store: ConsoleStore, intervalMs: number): ConsoleStore {
  const subscribe = (listener: () => void): (() => void) => {
    let heardAt = -Infinity;
    let timer: NodeJS.Timeout | undefined;
    const tell = (): void => {
      timer = undefined;
      heardAt = performance.now();
      listener();
    };
    const stop = store.subscribe(() => {
      if (timer !== undefined) return;
      const wait = heardAt + intervalMs - performance.now();
      if (wait <= 0) tell();
      else timer = setTimeout(tell, wait);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  };
  return { getState: store.getState, dispatch: store.dispatch, subscribe };
}

import type { AppState } from '../app/state.ts';
import type { AppStore } from '../app/store.ts';

/** What React's useSyncExternalStore wants: functions that do not change from one render to the next. */
export interface StateSource {
  readonly getState: () => AppState;
  readonly subscribe: (listener: () => void) => () => void;
}

/**
 * A store whose listeners hear of at most one change per `intervalMs`: the first at once, what follows within the
 * interval together at its end. A sync that says much cannot keep the screen busy, and a key after a pause is drawn at
 * once.
 */
export function throttledSource(
  store: Pick<AppStore, 'getState' | 'subscribe'>,
  intervalMs: number,
): StateSource {
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
  return { getState: () => store.getState(), subscribe };
}

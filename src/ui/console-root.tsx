import { useApp } from 'ink';
import { useEffect, useSyncExternalStore, type ReactElement } from 'react';
import type { AppStore } from '../app/store.ts';
import { Console } from './app.tsx';
import { Input } from './input.tsx';
import { LinearConsole } from './linear/linear-console.tsx';
import type { Looks } from './looks.ts';
import type { StateSource } from './state-source.ts';

/** What the screens need of the store: it knows nothing of React. */
export type ConsoleStore = Pick<AppStore, 'getState' | 'dispatch' | 'subscribe' | 'input' | 'paste'>;

export interface ConsoleRootProps {
  readonly source: StateSource;
  readonly store: ConsoleStore;
  readonly looks: Looks;
}

/** Binds the store to the screens, and the keys to the store. */
export function ConsoleRoot({ source, store, looks }: ConsoleRootProps): ReactElement {
  const state = useSyncExternalStore(source.subscribe, source.getState);
  const { exit } = useApp();
  const { quit } = state;
  useEffect(() => {
    if (quit !== undefined) exit(quit.exitCode);
  }, [quit, exit]);
  const look = looks(state.themeName);
  return (
    <>
      <Input store={store} />
      {state.mode.screenReader ? <LinearConsole state={state} /> : <Console state={state} look={look} />}
    </>
  );
}

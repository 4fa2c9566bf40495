import { useApp } from 'ink';
import { useEffect, useSyncExternalStore, type ReactElement } from 'react';
import type { Message } from '../app/message.ts';
import type { AppState } from '../app/state.ts';
import { Console } from './app.tsx';
import { Input } from './input.tsx';
import { LinearConsole } from './linear/linear-console.tsx';
import type { Looks } from './looks.ts';

/** What the screens need of the store: it knows nothing of React. */
export interface ConsoleStore {
  readonly getState: () => AppState;
  readonly dispatch: (message: Message) => void;
  /** Answers the function that ends the subscription. */
  readonly subscribe: (listener: () => void) => () => void;
}

export interface ConsoleRootProps {
  readonly store: ConsoleStore;
  readonly looks: Looks;
}

/** Binds the store to the screens, and the keys to the store. */
export function ConsoleRoot({ store, looks }: ConsoleRootProps): ReactElement {
  const state = useSyncExternalStore(store.subscribe, store.getState);
  const { exit } = useApp();
  const { quit } = state;
  useEffect(() => {
    if (quit !== undefined) exit(quit.exitCode);
  }, [quit, exit]);
  const look = looks(state.themeName);
  return (
    <>
      <Input dispatch={store.dispatch} />
      {state.mode.screenReader ? (
        <LinearConsole state={state} look={look} />
      ) : (
        <Console state={state} look={look} />
      )}
    </>
  );
}

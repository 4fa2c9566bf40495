import { useInput, usePaste } from 'ink';
import { chordsOfInk } from '../app/input.ts';
import type { AppStore } from '../app/store.ts';
import { useSuspend } from './use-suspend.ts';

export interface InputProps {
  readonly store: Pick<AppStore, 'input' | 'paste'>;
}

/** Stops the program and gives the shell its terminal back, as in any other program. Not a command: it changes no state. */
const SUSPEND_CHORD = 'ctrl+z';

/** The one place where keys and pastes come in. The store knows which of them came in one chunk. */
export function Input({ store }: InputProps): null {
  const suspend = useSuspend();
  useInput((input, key) => {
    const chords = chordsOfInk(input, key);
    if (chords.includes(SUSPEND_CHORD)) suspend();
    store.input(chords.filter((chord) => chord !== SUSPEND_CHORD));
  });
  usePaste((text) => store.paste(text));
  return null;
}

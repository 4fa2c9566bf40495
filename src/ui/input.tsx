import { useApp, useInput, usePaste } from 'ink';
import { useRef } from 'react';
import { chordsOfInk } from '../app/input.ts';
import type { InputMessage } from '../app/message.ts';
import { suspendProcess } from './terminal/suspend.ts';

export interface InputProps {
  readonly dispatch: (message: InputMessage) => void;
}

/** Stops the program and gives the shell its terminal back, as in any other program. Not a command: it changes no state. */
const SUSPEND_CHORD = 'ctrl+z';

/**
 * The one place where keys and pastes come in. What the terminal sent at once has one serial number, however Ink splits
 * it, so that a dialog can ignore the keys that came with the one that opened it.
 */
export function Input({ dispatch }: InputProps): null {
  const { suspendTerminal } = useApp();
  const chunk = useRef({ serial: 0, isOpen: false });

  useInput((input, key) => {
    const current = chunk.current;
    if (!current.isOpen) {
      current.isOpen = true;
      current.serial++;
      // Ink hands on all parts of a chunk in one run; what comes after it is another chunk.
      queueMicrotask(() => {
        current.isOpen = false;
      });
    }
    for (const chord of chordsOfInk(input, key)) {
      if (chord === SUSPEND_CHORD) void suspendTerminal(suspendProcess);
      else dispatch({ kind: 'key', chord, chunk: current.serial });
    }
  });
  usePaste((text) => dispatch({ kind: 'paste', text }));
  return null;
}

import type { Chord } from '../keymap.ts';
import type { Message } from '../message.ts';
import type { AppState } from '../state.ts';

export const COMMAND_GROUPS = [
  'Move',
  'Select',
  'Act',
  'Analyzers',
  'Look',
  'Take along',
  'Program',
] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** One thing a person can do. Footer, help, palette and the README's key table are made from these records. */
export interface Command {
  readonly id: string;
  /** Imperative, for palette and help: "Archive". */
  readonly title: string;
  /** One word for the footer; absent: the title. */
  readonly label?: string;
  readonly group: CommandGroup;
  /** Default keys; the first is the one that footers name. */
  readonly keys: readonly Chord[];
  /** Changes AWS: refused in read-only mode. */
  readonly mutates: boolean;
  /** Why it cannot be run now, as a sentence; undefined: it can. */
  readonly disabledReason: (state: AppState) => string | undefined;
  readonly message: (state: AppState) => Message;
}

export const always = (): undefined => undefined;

import { giveBackMemory, keepsMuchRoom } from '../cache/give-back-memory.ts';

/** For when the console has been left alone for a moment: drawing it needs room for garbage, being looked at does not. */
export function restMemory(): void {
  if (keepsMuchRoom()) giveBackMemory();
}

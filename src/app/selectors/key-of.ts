import { keysOf, keySign } from '../bindings.ts';
import { findCommand } from '../commands/all.ts';
import type { AppState } from '../state.ts';

/** The key that a command has now, else the palette's. */
export function keyOf(state: AppState, id: string): string {
  const command = findCommand(id);
  const [key] = command === undefined ? [] : keysOf(state.keymap, command);
  return keySign(key ?? ':', state.mode.ascii);
}

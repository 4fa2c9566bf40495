import type { AppState } from '../state.ts';
import type { Command } from './command.ts';

/** Why a command cannot be run now: what holds for every change first, then the command's own reason. */
export function selectDisabledReason(state: AppState, command: Command): string | undefined {
  if (command.mutates && state.mode.readOnly) return 'Read-only mode: nothing in AWS is changed.';
  if (command.mutates && state.mode.offline)
    return 'Offline: nothing is sent to AWS. Start without --offline to change things.';
  if (command.mutates && state.running !== undefined) return `Wait for "${state.running.title}" to end.`;
  return command.disabledReason(state);
}

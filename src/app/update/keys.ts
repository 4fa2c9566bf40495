import { resolveKey } from '../bindings.ts';
import { selectDisabledReason } from '../commands/disabled.ts';
import { isTooSmall } from '../layout.ts';
import type { InputMessage } from '../message.ts';
import type { AppState, PressedKey } from '../state.ts';
import { dialogKey, dialogPaste } from './dialogs.ts';
import { filterKey, filterPaste } from './filter-bar.ts';
import { acknowledge } from './list.ts';
import type { Step } from './step.ts';
import { follow, say, stay } from './step.ts';
import { mustWait, wait } from './waiting.ts';

/** Where a key goes: the dialog, else the filter being typed, else the command that it is bound to. */
export function key(state: AppState, { chord, chunk }: Extract<InputMessage, { kind: 'key' }>): Step {
  if (chord === 'ctrl+c') return follow(state, { kind: 'quit', exitCode: 0 });
  const { dialog } = state;
  if (dialog?.openedAt === chunk) return stay(state);
  if (state.waiting.length > 0) return stay(wait(state, { chord, chunk }));
  const calm = acknowledge(state);
  if (isTooSmall(state.viewport))
    return chord === 'q' ? follow(calm, { kind: 'quit', exitCode: 0 }) : stay(calm);
  if (dialog !== undefined) return dialogKey(calm, dialog, chord);
  if (calm.filterBar !== undefined) return filterKey(calm, calm.filterBar, chord);
  return commandKey(calm, { chord, chunk });
}

function commandKey(state: AppState, pressed: PressedKey): Step {
  const command = resolveKey(pressed.chord, state);
  if (command === undefined) return stay(state);
  if (mustWait(state, command)) return stay(wait(state, pressed));
  const disabled = selectDisabledReason(state, command);
  if (disabled !== undefined) return say(state, { kind: 'refusal', text: disabled });
  return follow(state, command.message(state));
}

/** Pasted text is text: it goes into the field that is open, and nowhere else. */
export function paste(state: AppState, text: string): Step {
  if (state.dialog !== undefined) return dialogPaste(state, state.dialog, text);
  if (state.filterBar !== undefined) return filterPaste(state, state.filterBar, text);
  return say(state, { kind: 'info', text: 'Pasted text is ignored here: press / to filter by it.' });
}

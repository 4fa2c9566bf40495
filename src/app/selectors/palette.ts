import { keysOf } from '../bindings.ts';
import { COMMANDS } from '../commands/all.ts';
import type { Command } from '../commands/command.ts';
import { selectDisabledReason } from '../commands/disabled.ts';
import type { Dialog } from '../dialog.ts';
import type { Chord } from '../keymap.ts';
import type { AppState } from '../state.ts';

export interface PaletteItem {
  readonly id: string;
  readonly title: string;
  readonly keys: readonly Chord[];
  /** Why it cannot be run now. */
  readonly disabled: string | undefined;
  /** Where the typed letters stand in the title: UTF-16 offsets, ascending. */
  readonly matches: readonly number[];
}

const isWordStart = (text: string, at: number): boolean => at === 0 || /[\s:(]/u.test(text[at - 1] ?? '');

/**
 * Letters in order, anywhere: what stands together, at the start of words and at the front counts more. undefined: no
 * match.
 */
export function fuzzyMatch(
  text: string,
  typed: string,
): { readonly score: number; readonly matches: readonly number[] } | undefined {
  const hay = text.toLowerCase();
  const needle = typed.toLowerCase().replace(/\s+/gu, '');
  const whole = hay.indexOf(typed.toLowerCase().trim());
  if (whole !== -1) {
    const matches = Array.from({ length: typed.trim().length }, (_, index) => whole + index);
    return { score: 1000 - whole + (isWordStart(hay, whole) ? 500 : 0), matches };
  }
  const matches: number[] = [];
  let score = 0;
  for (const letter of needle) {
    const from = (matches.at(-1) ?? -1) + 1;
    const at = hay.indexOf(letter, from);
    if (at === -1) return undefined;
    score += (at === from ? 8 : 0) + (isWordStart(hay, at) ? 10 : 0) - (at - from);
    matches.push(at);
  }
  return { score, matches };
}

/** Moving is for keys; in a list of commands it is noise. */
const isListed = (command: Command): boolean => command.group !== 'Move' && command.id !== 'palette';

/** Commands that match what was typed, the best first; what cannot be run stays in the list and says why. */
export function selectPalette(
  state: AppState,
  dialog: Extract<Dialog, { kind: 'palette' }>,
): readonly PaletteItem[] {
  const typed = dialog.field.text;
  return COMMANDS.filter(isListed)
    .flatMap((command) => {
      const match = fuzzyMatch(command.title, typed);
      return match === undefined ? [] : [{ command, ...match }];
    })
    .sort((a, b) => (typed.trim() === '' ? 0 : b.score - a.score))
    .map(({ command, matches }) => ({
      id: command.id,
      title: command.title,
      keys: keysOf(state.keymap, command),
      disabled: selectDisabledReason(state, command),
      matches,
    }));
}

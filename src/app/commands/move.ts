import type { Message } from '../message.ts';
import type { Chord } from '../keymap.ts';
import { selectRegionFilter } from '../selectors/analyzers.ts';
import type { AppState } from '../state.ts';
import type { Command } from './command.ts';
import { always } from './command.ts';

const move = (id: string, title: string, keys: readonly Chord[], message: Message): Command => ({
  id: `move.${id}`,
  title,
  group: 'Move',
  keys,
  mutates: false,
  disabledReason: always,
  message: () => message,
});

function nothingToOpen(state: AppState): string | undefined {
  const { screen, list, journal, panel, rules } = state;
  if (screen === 'findings' && panel !== undefined) return 'r leads to the fix, esc back to the list.';
  if (screen === 'findings') return list.counts?.exposures === 0 ? 'The list is empty.' : undefined;
  if (screen === 'journal') return journal.entries.length === 0 ? 'The journal is empty.' : undefined;
  if (screen === 'rules')
    return (rules.overview?.facts.length ?? 0) === 0 ? 'There is no rule here.' : undefined;
  if (screen === 'analyzers')
    return selectRegionFilter(state) === undefined ? 'No findings of this Region are known.' : undefined;
  return 'There is nothing to open here.';
}

export const MOVE_COMMANDS: readonly Command[] = [
  move('down', 'Down', ['j', 'down'], { kind: 'move', unit: 'row', by: 1 }),
  move('up', 'Up', ['k', 'up'], { kind: 'move', unit: 'row', by: -1 }),
  move('half-page-down', 'Half a page down', ['ctrl+d'], { kind: 'move', unit: 'half-page', by: 1 }),
  move('half-page-up', 'Half a page up', ['ctrl+u'], { kind: 'move', unit: 'half-page', by: -1 }),
  move('page-down', 'Page down', ['pgdown'], { kind: 'move', unit: 'page', by: 1 }),
  move('page-up', 'Page up', ['pgup'], { kind: 'move', unit: 'page', by: -1 }),
  move('first', 'First row', ['g', 'home'], { kind: 'move', unit: 'end', by: -1 }),
  move('last', 'Last row', ['G', 'end'], { kind: 'move', unit: 'end', by: 1 }),
  move('other-down', 'Next exposure in the open detail, or scroll the one beside', ['J'], {
    kind: 'move-other',
    by: 1,
  }),
  move('other-up', 'Exposure before in the open detail, or scroll the one beside', ['K'], {
    kind: 'move-other',
    by: -1,
  }),
  {
    ...move('open', 'Open', ['enter'], { kind: 'open' }),
    id: 'open',
    label: 'open',
    disabledReason: nothingToOpen,
  },
  {
    ...move('back', 'Back, clear marks, or clear the filter', ['esc'], { kind: 'back' }),
    id: 'back',
    label: 'back',
  },
];

import { selectNoTarget } from '../selectors/marks.ts';
import type { AppState } from '../state.ts';
import type { Command } from './command.ts';

const nothingToMark = (state: AppState): string | undefined => {
  if (state.screen !== 'findings') return 'Works on the Findings screen: press 1.';
  if (state.panel !== undefined) return 'The list is covered: esc leads back to it.';
  if (state.list.counts?.exposures === 0) return 'The list is empty.';
  return state.list.outdated ? selectNoTarget(state) : undefined;
};

const common = { group: 'Select', mutates: false, disabledReason: nothingToMark } as const;

export const SELECT_COMMANDS: readonly Command[] = [
  {
    ...common,
    id: 'mark',
    title: 'Mark or unmark',
    label: 'mark',
    keys: ['space'],
    message: () => ({ kind: 'toggle-mark' }),
  },
  {
    ...common,
    id: 'mark-range',
    title: 'Mark a range: begin, move, again to end',
    label: 'range',
    keys: ['v'],
    message: () => ({ kind: 'toggle-range' }),
  },
  {
    ...common,
    id: 'mark-all',
    title: 'Mark all that the filter shows (again: unmark them)',
    label: 'all',
    keys: ['*'],
    message: () => ({ kind: 'mark-all' }),
  },
];

import type { AppState } from '../state.ts';
import type { Command } from './command.ts';
import { always } from './command.ts';

const common = { group: 'Program', mutates: false, disabledReason: always } as const;

const noSync = (state: AppState): string | undefined => {
  if (state.mode.offline) return 'Offline: AWS is not asked. Start without --offline to sync.';
  return state.sync.kind === 'running' ? 'A sync is running already.' : undefined;
};

export const PROGRAM_COMMANDS: readonly Command[] = [
  {
    ...common,
    id: 'palette',
    title: 'All commands',
    label: 'commands',
    keys: [':'],
    message: () => ({ kind: 'open-palette' }),
  },
  {
    ...common,
    id: 'sync',
    title: 'Sync now',
    label: 'sync',
    keys: ['ctrl+r'],
    disabledReason: noSync,
    message: () => ({ kind: 'sync', full: false }),
  },
  {
    ...common,
    id: 'sync.full',
    title: 'Sync everything anew',
    keys: [],
    disabledReason: noSync,
    message: () => ({ kind: 'sync', full: true }),
  },
  {
    ...common,
    id: 'sync.stop',
    title: 'Stop the sync',
    keys: [],
    disabledReason: (state) => (state.sync.kind === 'running' ? undefined : 'No sync is running.'),
    message: () => ({ kind: 'stop-sync' }),
  },
  { ...common, id: 'theme', title: 'Theme', keys: ['t'], message: () => ({ kind: 'open-themes' }) },
  {
    ...common,
    id: 'help',
    title: 'Help',
    label: 'help',
    keys: ['?'],
    message: () => ({ kind: 'open-help' }),
  },
  {
    ...common,
    id: 'quit',
    title: 'Quit',
    label: 'quit',
    keys: ['q'],
    disabledReason: ({ running }) =>
      running === undefined
        ? undefined
        : `"${running.title}" is under way: wait for it, or leave with ctrl+c.`,
    message: () => ({ kind: 'quit', exitCode: 0 }),
  },
];

import { SCREEN_NAMES } from '../state.ts';
import type { AppState, ScreenName } from '../state.ts';
import type { Command } from './command.ts';
import { always } from './command.ts';

const common = { group: 'Look', mutates: false, disabledReason: always } as const;

const SCREEN_TITLES: Readonly<Record<ScreenName, string>> = {
  findings: 'Findings',
  rules: 'Rules',
  analyzers: 'Analyzers',
  overview: 'Overview',
  journal: 'Journal',
};

const screens: readonly Command[] = SCREEN_NAMES.map((screen, index) => ({
  ...common,
  id: `screen.${screen}`,
  title: `Show ${SCREEN_TITLES[screen]}`,
  keys: [String(index + 1)],
  message: () => ({ kind: 'show-screen', screen }),
}));

const onFindings = (state: AppState): string | undefined =>
  state.screen === 'findings' ? undefined : 'Works on the Findings screen: press 1.';

export const LOOK_COMMANDS: readonly Command[] = [
  {
    ...common,
    id: 'filter',
    title: 'Filter',
    label: 'filter',
    keys: ['/'],
    message: () => ({ kind: 'open-filter' }),
  },
  ...screens,
  {
    ...common,
    id: 'screen.next',
    title: 'Next screen',
    keys: ['tab'],
    message: () => ({ kind: 'next-screen', by: 1 }),
  },
  {
    ...common,
    id: 'screen.previous',
    title: 'Screen before',
    keys: ['shift+tab'],
    message: () => ({ kind: 'next-screen', by: -1 }),
  },
  {
    ...common,
    id: 'views',
    title: 'Views',
    label: 'views',
    keys: ['V'],
    message: () => ({ kind: 'open-menu', menu: 'views' }),
  },
  {
    ...common,
    id: 'save-view',
    title: 'Save this view',
    keys: [],
    message: () => ({ kind: 'open-save-view' }),
  },
  {
    ...common,
    id: 'sort',
    title: 'Sort',
    label: 'sort',
    keys: ['S'],
    disabledReason: onFindings,
    message: () => ({ kind: 'open-menu', menu: 'sort' }),
  },
  {
    ...common,
    id: 'columns',
    title: 'Columns',
    keys: [],
    disabledReason: onFindings,
    message: () => ({ kind: 'open-menu', menu: 'columns' }),
  },
];

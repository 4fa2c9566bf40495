import { selectNoTarget, selectOutdated } from '../selectors/marks.ts';
import { selectNoPreview } from '../selectors/panel-parts.ts';
import type { AppState } from '../state.ts';
import type { Command } from './command.ts';

const noRow = (state: AppState): string | undefined => {
  if (state.screen !== 'findings') return 'Works on the Findings screen: press 1.';
  const noCursor = state.list.cursorId === undefined ? 'There is no row under the cursor.' : undefined;
  return selectOutdated(state) ?? noCursor;
};

const noRows = (state: AppState): string | undefined => {
  if (state.screen === 'rules')
    return (state.rules.overview?.facts.length ?? 0) === 0 ? 'There is no rule to export.' : undefined;
  if (state.screen !== 'findings') return 'Works on the Findings and Rules screens.';
  if (state.panel?.kind === 'resolve') return 'Nothing is exported here: y copies the commands.';
  if (state.panel !== undefined) return selectNoPreview(state);
  return state.list.counts?.exposures === 0 ? 'The list is empty.' : undefined;
};

const common = { group: 'Take along', mutates: false } as const;

export const TAKE_ALONG_COMMANDS: readonly Command[] = [
  {
    ...common,
    id: 'copy',
    title: 'Copy: id, ARN, CLI command, console link, JSON',
    label: 'copy',
    keys: ['y'],
    disabledReason: selectNoTarget,
    message: () => ({ kind: 'open-menu', menu: 'copy' }),
  },
  {
    ...common,
    id: 'links',
    title: 'Open in the AWS console',
    label: 'link',
    keys: ['o'],
    disabledReason: noRow,
    message: () => ({ kind: 'open-menu', menu: 'links' }),
  },
  {
    ...common,
    id: 'export',
    title: 'Export what is shown',
    label: 'export',
    keys: ['e'],
    disabledReason: noRows,
    message: () => ({ kind: 'open-menu', menu: 'export' }),
  },
];

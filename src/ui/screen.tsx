import type { ReactElement } from 'react';
import { bodyRows } from '../app/layout.ts';
import type { AppState, ScreenName } from '../app/state.ts';
import { FindingsScreen } from './findings/findings-screen.tsx';
import { EMPTY_LINE, type Line } from './line.ts';
import { formatAnalyzers } from './screens/format-analyzers.ts';
import { formatJournal } from './screens/format-journal.ts';
import { formatOverview } from './screens/format-overview.ts';
import { formatRules } from './screens/format-rules.ts';
import type { Look } from './paint.ts';
import { Rows } from './rows.tsx';

export interface ScreenProps {
  readonly state: AppState;
  readonly look: Look;
}

const BODIES: Readonly<
  Record<Exclude<ScreenName, 'findings'>, (state: AppState, rows: number) => readonly Line[]>
> = {
  rules: formatRules,
  analyzers: formatAnalyzers,
  overview: formatOverview,
  journal: formatJournal,
};

/** What stands between the tabs and the message line: always the same number of lines, so that nothing jumps. */
export function Screen({ state, look }: ScreenProps): ReactElement {
  if (state.screen === 'findings') return <FindingsScreen state={state} look={look} />;
  const rows = bodyRows(state.viewport);
  const body = BODIES[state.screen](state, rows);
  const lines = Array.from({ length: rows }, (_, row) => body[row] ?? EMPTY_LINE);
  return <Rows lines={lines} look={look} width={state.viewport.columns} />;
}

import { Box } from 'ink';
import type { ReactElement } from 'react';
import { bodyRows } from '../app/layout.ts';
import type { AppState } from '../app/state.ts';
import { formatFindings } from './findings/format-findings.ts';
import { formatCompletions } from './findings/format-filter-line.ts';
import { EMPTY_LINE, type Line } from './line.ts';
import { Overlay } from './overlay.tsx';
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

function formatBody(state: AppState): readonly Line[] {
  switch (state.screen) {
    case 'findings':
      return formatFindings(state);
    case 'rules':
      return formatRules(state);
    case 'analyzers':
      return formatAnalyzers(state);
    case 'overview':
      return formatOverview(state, bodyRows(state.viewport));
    case 'journal':
      return formatJournal(state);
  }
}

/** The filter line is the first of the body; a caret under what is wrong stands right below it and must be seen. */
const belowFilter = ({ filterBar }: AppState): number => (filterBar?.problem === undefined ? 1 : 2);

/** What stands between the tabs and the message line: always the same number of lines, so that nothing jumps. */
export function Screen({ state, look }: ScreenProps): ReactElement {
  const { columns: width } = state.viewport;
  const body = formatBody(state);
  const lines = Array.from({ length: bodyRows(state.viewport) }, (_, row) => body[row] ?? EMPTY_LINE);
  const completions =
    state.filterBar === undefined || state.screen !== 'findings'
      ? undefined
      : formatCompletions(state.filterBar, width);
  return (
    <Box flexDirection="column" width={width}>
      <Rows lines={lines} look={look} width={width} />
      {completions !== undefined && <Overlay {...completions} look={look} top={belowFilter(state)} />}
    </Box>
  );
}

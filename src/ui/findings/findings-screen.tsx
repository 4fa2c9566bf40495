import { Box } from 'ink';
import type { ReactElement } from 'react';
import { bodyRows, isDetailBeside, listColumns } from '../../app/layout.ts';
import { selectUnseen } from '../../app/selectors/summary.ts';
import type { AppState } from '../../app/state.ts';
import { blank, EMPTY_LINE, span, type Line } from '../line.ts';
import { formatPanel } from '../panel/format-panel.ts';
import { Overlay } from '../overlay.tsx';
import type { Look } from '../paint.ts';
import { Rows } from '../rows.tsx';
import { formatDetailBeside, formatDetailScreen } from './format-detail.ts';
import { formatCompletions, formatFilterBar, formatFilterProblem } from './format-filter-line.ts';
import { formatFilterLine } from './format-filter-summary.ts';
import { formatHeads } from './format-row.ts';
import { List } from './list.tsx';
import { placeListColumns } from './place-columns.ts';

export interface FindingsProps {
  readonly state: AppState;
  readonly look: Look;
}

function formatLineOverList({ filterBar, list }: AppState, width: number): Line {
  const problem = filterBar === undefined ? undefined : formatFilterProblem(filterBar, width);
  return problem ?? formatHeads(placeListColumns(width, list.columns, list.filter));
}

/** The rule between list and detail, with a blank on both sides. */
const RULE: Line = [blank(1), span('│', 'border'), blank(1)];

function DetailBeside({ state, look, width }: FindingsProps & { readonly width: number }): ReactElement {
  const detail = formatDetailBeside(state);
  const lines = Array.from({ length: bodyRows(state.viewport) - 1 }, (_, row): Line => [
    ...RULE,
    ...(detail[row] ?? EMPTY_LINE),
  ]);
  return <Rows lines={lines} look={look} width={width} />;
}

/** Over the list, below the word that they complete; a caret under what is wrong must still be seen. */
function CompletionsOverlay({ state, look }: FindingsProps): ReactElement | null {
  const { filterBar, viewport } = state;
  const completions = filterBar === undefined ? undefined : formatCompletions(filterBar, viewport.columns);
  if (completions === undefined) return null;
  return <Overlay {...completions} look={look} top={filterBar?.problem === undefined ? 1 : 2} />;
}

/** What covers the list: the panel, or the detail. */
function CoverScreen({ state, look }: FindingsProps): ReactElement {
  const cover = state.panel === undefined ? formatDetailScreen(state) : formatPanel(state, state.panel);
  const lines = Array.from({ length: bodyRows(state.viewport) }, (_, row) => cover[row] ?? EMPTY_LINE);
  return <Rows lines={lines} look={look} width={state.viewport.columns} />;
}

/** The Findings screen: filter line, column heads, rows; the detail beside them where there is room, or alone. */
export function FindingsScreen({ state, look }: FindingsProps): ReactElement {
  if (state.panel !== undefined || state.detail.open) return <CoverScreen state={state} look={look} />;
  const { columns } = state.viewport;
  const beside = isDetailBeside(state.viewport);
  const width = beside ? listColumns(state.viewport) - 2 : columns;
  const bar = state.filterBar;
  const filter =
    bar === undefined ? formatFilterLine(state, selectUnseen(state), columns) : formatFilterBar(bar, columns);
  return (
    <Box flexDirection="column" width={columns}>
      <Rows lines={[filter]} look={look} width={columns} />
      <Box width={columns}>
        <Box flexDirection="column" width={width} flexShrink={0}>
          <Rows lines={[formatLineOverList(state, width)]} look={look} width={width} />
          <List state={state} look={look} width={width} />
        </Box>
        {beside && <DetailBeside state={state} look={look} width={columns - width} />}
      </Box>
      <CompletionsOverlay state={state} look={look} />
    </Box>
  );
}

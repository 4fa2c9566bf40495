import { isDetailBeside, listColumns, listRows } from '../../app/layout.ts';
import { selectUnseen } from '../../app/selectors/summary.ts';
import type { AppState } from '../../app/state.ts';
import { besides } from '../besides.ts';
import type { Line } from '../line.ts';
import { formatDetailBeside, formatDetailScreen } from './format-detail.ts';
import { formatEmpty } from './format-empty.ts';
import { formatFilterBar, formatFilterProblem } from './format-filter-line.ts';
import { formatFilterLine } from './format-filter-summary.ts';
import { formatListHeads, formatListRows } from './format-list.ts';

function formatHeads(state: AppState, width: number): Line {
  const problem = state.filterBar === undefined ? undefined : formatFilterProblem(state.filterBar, width);
  return problem ?? formatListHeads(state, width);
}

/** The Findings screen: filter line, column heads, rows; the detail beside them where there is room. */
export function formatFindings(state: AppState): readonly Line[] {
  if (state.detail.open) return formatDetailScreen(state);
  const { columns } = state.viewport;
  const beside = isDetailBeside(state.viewport);
  // The rule between list and detail has a blank on both sides.
  const width = listColumns(state.viewport) - (beside ? 2 : 0);
  const bar = state.filterBar;
  const filterLine =
    bar === undefined ? formatFilterLine(state, selectUnseen(state), columns) : formatFilterBar(bar, columns);
  const rows = formatEmpty(state, width, listRows(state.viewport)) ?? formatListRows(state, width);
  const list = [formatHeads(state, width), ...rows];
  return [filterLine, ...(beside ? besides(list, formatDetailBeside(state), width + 1) : list)];
}

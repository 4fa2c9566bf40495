import { isDetailBeside, listColumns } from '../../app/layout.ts';
import type { AppState } from '../../app/state.ts';
import { besides } from '../besides.ts';
import type { Line } from '../line.ts';
import { formatFilterBar, formatFilterProblem } from './format-filter-line.ts';
import { formatFilterLine } from './format-filter-summary.ts';
import { formatListHeads, formatListRows } from './format-list.ts';

/** The Findings screen: filter line, column heads, rows; the detail beside them where there is room. */
export function formatFindings(state: AppState): readonly Line[] {
  const { columns } = state.viewport;
  const width = listColumns(state.viewport);
  const bar = state.filterBar;
  const filterLine = bar === undefined ? formatFilterLine(state, '', columns) : formatFilterBar(bar, columns);
  const heads =
    (bar === undefined ? undefined : formatFilterProblem(bar, width)) ?? formatListHeads(state, width);
  const list = [heads, ...formatListRows(state, width)];
  return [filterLine, ...(isDetailBeside(state.viewport) ? besides(list, [], width) : list)];
}

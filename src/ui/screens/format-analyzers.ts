import { bodyRows } from '../../app/layout.ts';
import {
  selectAnalyzerDetail,
  selectAnalyzerRows,
  type AnalyzerCell,
  type AnalyzerRow,
} from '../../app/selectors/analyzers.ts';
import type { AppState } from '../../app/state.ts';
import type { AnalyzerKind } from '../../domain/analyzer.ts';
import type { Token } from '../../theme/tokens.ts';
import { blank, EMPTY_LINE, span, type Line } from '../line.ts';
import {
  fitTable,
  formatTableHead,
  formatTableRow,
  widest,
  type TableCell,
  type TableColumn,
} from '../table.ts';
import { partAround } from '../visible-part.ts';
import { formatBelowTable, rowsBelow } from './below-table.ts';

const KINDS: readonly AnalyzerKind[] = ['external', 'unused', 'internal'];

const CELL_TOKENS: Readonly<Record<AnalyzerCell['state'], Token>> = {
  active: 'text',
  inactive: 'warning',
  missing: 'muted',
  unknown: 'warning',
};

function columnsOf(rows: readonly AnalyzerRow[], width: number): readonly TableColumn[] {
  const profiles = new Set(rows.map((row) => row.profile));
  const columns: TableColumn[] = [
    { title: 'REGION', width: 14 },
    { title: 'STATE', width: 11 },
    ...KINDS.map((kind) => ({
      title: kind.toUpperCase(),
      width: widest(
        rows.map(({ cells }) => cells[kind].text),
        13,
        17,
      ),
    })),
    { title: 'LAST SEEN', width: 11 },
    ...(profiles.size > 1 ? [{ title: 'PROFILE', width: widest([...profiles], 7, 20) }] : []),
  ];
  return fitTable(columns, width);
}

function cellsOf(row: AnalyzerRow): readonly TableCell[] {
  return [
    { text: row.region },
    { text: `${row.isUnseen ? '! ' : ''}${row.statusText}`, token: row.isUnseen ? 'warning' : 'muted' },
    ...KINDS.map((kind) => ({ text: row.cells[kind].text, token: CELL_TOKENS[row.cells[kind].state] })),
    { text: row.lastSeen, token: 'muted' },
    { text: row.profile, token: 'muted' },
  ];
}

const NOTHING: readonly Line[] = [
  EMPTY_LINE,
  [blank(3), span('No Region has been looked at yet.', 'heading')],
  EMPTY_LINE,
  [blank(3), span('The first sync fills this screen, Region by Region.', 'muted')],
];

/** The Analyzers screen: every Region and kind of analyzer, and below it the Region under the cursor. */
export function formatAnalyzers(state: AppState): readonly Line[] {
  const rows = selectAnalyzerRows(state);
  if (rows.length === 0) return NOTHING;
  const width = state.viewport.columns - 2;
  const body = bodyRows(state.viewport);
  const below = rowsBelow(body);
  const columns = columnsOf(rows, width);
  const { from, to } = partAround(rows.length, state.analyzers.cursor, body - below - 2);
  const lines = rows
    .slice(from, to)
    .map((row, index) => formatTableRow(columns, cellsOf(row), from + index === state.analyzers.cursor));
  const space = Array.from({ length: body - below - 2 - lines.length }, () => EMPTY_LINE);
  return [
    formatTableHead(columns),
    ...lines,
    ...space,
    ...formatBelowTable(rows[state.analyzers.cursor]?.region ?? '', selectAnalyzerDetail(state), {
      width,
      rows: below,
      rest: 'a taller screen shows them',
    }),
  ];
}

import { formatCount } from '../../domain/format-count.ts';
import { bodyRows } from '../../app/layout.ts';
import { keyOf } from '../../app/selectors/key-of.ts';
import {
  selectRuleDetail,
  selectRuleRows,
  selectSuggestion,
  type RuleRow,
} from '../../app/selectors/rules.ts';
import type { AppState } from '../../app/state.ts';
import { blank, cutLine, EMPTY_LINE, lineWidth, span, type Line } from '../line.ts';
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
import { formatRuleView } from './format-rule-view.ts';

const NAME_COLUMN = 0;

const hasNotes = (rows: readonly RuleRow[]): boolean => rows.some(({ note }) => note !== '');

/** What is to be said of a rule is worth more on a narrow screen than when it hit last. */
function columnsOf(rows: readonly RuleRow[], width: number): readonly TableColumn[] {
  const regions = rows.map((row) => row.region);
  const columns: readonly TableColumn[] = [
    { title: 'RULE', width: 18 },
    { title: 'HIDES', width: 6, align: 'right' },
    { title: 'PUBLIC', width: 10 },
    { title: 'REGION', width: widest(regions, 9, 16) },
    ...(hasNotes(rows) ? [{ title: 'NOTE', width: 18 }] : []),
    { title: 'LAST HIT', width: 12 },
  ];
  return fitTable(columns, width, NAME_COLUMN);
}

const cellsOf = (row: RuleRow, withNote: boolean): readonly TableCell[] => [
  { text: row.name },
  { text: row.hides },
  { text: row.danger, token: row.danger.startsWith('!') ? 'error' : 'muted' },
  { text: row.region },
  ...(withNote ? [{ text: row.note, token: 'warning' as const }] : []),
  { text: row.lastHit, token: 'muted' },
];

function nothingText({ summary, rules }: AppState): string {
  if (summary === undefined) return 'The store is being read …';
  if (summary.regions.length === 0) return 'No Region has been looked at yet.';
  if (rules.overview === undefined && summary.archiveRules > 0)
    return `${formatCount(summary.archiveRules, 'archive rule')}: looking at what they hide …`;
  return 'No analyzer that was seen has an archive rule.';
}

const nothing = (state: AppState): readonly Line[] => [
  EMPTY_LINE,
  [blank(3), span(nothingText(state), 'heading')],
  EMPTY_LINE,
  [blank(3), span('A rule archives new findings that match its criteria, without a word.', 'muted')],
  EMPTY_LINE,
  ...formatSuggestion(state),
];

/** Two calm lines, with the keys first; the editor says it whole. */
function formatSuggestion(state: AppState): readonly Line[] {
  const suggestion = selectSuggestion(state);
  if (suggestion === undefined) return [];
  const keys: Line = [
    span(keyOf(state, 'rule.suggested'), 'key'),
    span(' look  ', 'muted'),
    span(keyOf(state, 'rule.dismiss'), 'key'),
    span(' never  ', 'muted'),
  ];
  const width = state.viewport.columns - 1;
  return [
    cutLine([blank(1), ...keys, span(suggestion.said, 'accent')], width),
    cutLine([blank(1 + lineWidth(keys)), span(suggestion.criteria)], width),
  ];
}

/** The Rules screen: the rules of every Region with what each hides now, and below them the one under the cursor; or one whole. */
export function formatRules(state: AppState): readonly Line[] {
  const rows = selectRuleRows(state);
  if (rows.length === 0) return nothing(state);
  const { cursor, open } = state.rules;
  if (open !== undefined) return formatRuleView(state, open);
  const width = state.viewport.columns - 2;
  const body = bodyRows(state.viewport);
  const suggestion = formatSuggestion(state);
  const below = rowsBelow(body);
  const columns = columnsOf(rows, width);
  const { from, to } = partAround(rows.length, cursor, body - below - 2 - suggestion.length);
  const lines = rows
    .slice(from, to)
    .map((row, index) => formatTableRow(columns, cellsOf(row, hasNotes(rows)), from + index === cursor));
  const space = Array.from({ length: body - below - 2 - suggestion.length - lines.length }, () => EMPTY_LINE);
  return [
    formatTableHead(columns),
    ...lines,
    ...space,
    ...suggestion,
    ...formatBelowTable(rows[cursor]?.name ?? '', selectRuleDetail(state), {
      width,
      rows: below,
      rest: 'enter shows them',
    }),
  ];
}

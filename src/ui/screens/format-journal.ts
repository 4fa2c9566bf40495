import { wrapText } from '../../app/wrap.ts';
import { bodyRows, detailColumns, tableRows } from '../../app/layout.ts';
import { selectEntryLines, selectJournalRows, type JournalRow } from '../../app/selectors/journal.ts';
import type { AppState } from '../../app/state.ts';
import type { EntryState } from '../../domain/journal.ts';
import type { Token } from '../../theme/tokens.ts';
import { blank, EMPTY_LINE, span, type Line } from '../line.ts';
import { fitTable, formatTableHead, formatTableRow, type TableColumn } from '../table.ts';
import { formatTextLine } from '../text-line.ts';
import { partFrom } from '../visible-part.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: '#', width: 5, align: 'right' },
  { title: 'WHAT WAS DONE', width: 26 },
  { title: 'STATE', width: 8 },
  { title: 'WHEN', width: 12 },
  { title: 'OUTCOME', width: 12 },
  { title: '', width: 15 },
];

const TITLE_COLUMN = 1;

const STATE_TOKENS: Readonly<Record<EntryState, Token>> = {
  planned: 'muted',
  running: 'accent',
  done: 'success',
  partial: 'warning',
  failed: 'error',
  undone: 'muted',
};

const formatEntry = (row: JournalRow, columns: readonly TableColumn[], isCursor: boolean): Line =>
  formatTableRow(
    columns,
    [
      { text: String(row.id), token: 'muted' },
      { text: row.reason === '' ? row.title : `${row.title} · ${row.reason}` },
      { text: row.state, token: STATE_TOKENS[row.state] },
      { text: row.when, token: 'muted' },
      { text: row.outcome },
      { text: row.link, token: 'muted' },
    ],
    isCursor,
  );

const MARGIN = 3;
const ABOUT =
  'Whatever this program changes in AWS is written here first, with the state before it and the aws command that does the same.';
const MOST_ABOUT = 66;

const formatNothing = (columns: number): readonly Line[] => [
  EMPTY_LINE,
  [blank(MARGIN), span('Nothing has been done yet.', 'heading')],
  EMPTY_LINE,
  ...wrapText(ABOUT, Math.min(MOST_ABOUT, columns - 2 * MARGIN)).map((text): Line => [
    blank(MARGIN),
    span(text, 'muted'),
  ]),
];

/** The Journal screen: what was done, newest first; or one entry, whole. */
export function formatJournal(state: AppState): readonly Line[] {
  const { journal, viewport } = state;
  if (journal.open) return formatOpenEntry(state);
  const rows = selectJournalRows(state);
  if (rows.length === 0) return formatNothing(viewport.columns);
  const columns = fitTable(COLUMNS, viewport.columns - 1, TITLE_COLUMN);
  const shown = rows.slice(journal.top, journal.top + tableRows(viewport));
  const lines = shown.map((row, index) => formatEntry(row, columns, journal.top + index === journal.cursor));
  return [formatTableHead(columns), ...lines];
}

function formatOpenEntry(state: AppState): readonly Line[] {
  const width = detailColumns(state.viewport, true);
  const lines = selectEntryLines(state, width);
  const { from, to } = partFrom(lines.length, state.journal.scroll, bodyRows(state.viewport));
  return lines.slice(from, to).map((line) => [blank(1), ...formatTextLine(line, width)]);
}

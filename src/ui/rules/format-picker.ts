import { formatCount, formatNumber } from '../../domain/format-count.ts';
import type { PlacePicker, RuleEditor } from '../../app/rules/rule-editor.ts';
import { editorCells, editorRows, editorWidth } from '../../app/selectors/rule-layout.ts';
import {
  pickerRows,
  type PlaceRow,
  selectPlaceRows,
  shownPlaces,
  tickedArchives,
} from '../../app/selectors/rule-places.ts';
import type { Viewport } from '../../app/state.ts';
import { cleanText } from '../../domain/text.ts';
import { formatKeys, formatMore, type DialogBox } from '../dialogs/dialog-box.ts';
import { formatField } from '../field.ts';
import { bothSides, cutLine, EMPTY_LINE, span, type Line } from '../line.ts';
import {
  fitTable,
  formatTableHead,
  formatTableRow,
  type TableCell,
  type TableColumn,
  widest,
} from '../table.ts';
import { partAround } from '../visible-part.ts';

const NAME_COLUMN = 3;
/** From here on the reason stands in the row as well. */
const WIDE = 100;
const FIELD = 30;

/** The list of analyzers that a rule is ticked for, in the place and size of its editor. */
export function formatPicker(
  dialog: RuleEditor & { readonly picker: PlacePicker },
  viewport: Viewport,
): DialogBox {
  const cells = editorCells(viewport);
  const places = shownPlaces(dialog);
  const rows = pickerRows(viewport);
  const part = partAround(places.length, dialog.picker.cursor, rows);
  // Widths follow from all rows, so that the table stands still while one scrolls.
  const all = selectPlaceRows(dialog, places);
  const columns = columnsOf(all, cells);
  const table = all
    .slice(part.from, part.to)
    .map((row, index) =>
      formatTableRow(columns, cellsOf(row, cells), part.from + index === dialog.picker.cursor),
    );
  const list = all.length === 0 ? [[span('   No analyzer is called that.', 'muted')]] : table;
  const more = formatMore(part, places.length);
  return {
    title: `Where: ${cleanText(dialog.name.text.trim())}`,
    lines: [
      formatTop(dialog, cells),
      formatTableHead(columns),
      ...Array.from({ length: rows }, (_, row): Line => list[row] ?? EMPTY_LINE),
      EMPTY_LINE,
      bothSides(cursorLine(all[dialog.picker.cursor]), more, cells),
    ]
      .slice(0, editorRows(viewport))
      .map((line) => cutLine(line, cells)),
    foot: formatKeys([
      ['space', 'tick'],
      ['*', 'all'],
      ['↑↓', 'move'],
      ['enter', 'done'],
      ['esc', 'as it was'],
    ]),
    width: editorWidth(viewport),
  };
}

function formatTop(dialog: RuleEditor & { readonly picker: PlacePicker }, cells: number): Line {
  const count = tickedArchives(dialog);
  const would = count === undefined ? '' : ` · would archive ${formatNumber(count)}`;
  const { field } = dialog.picker;
  const typed: Line =
    field.text === ''
      ? [...formatField(field, 2), span(' type to narrow the list', 'muted')]
      : formatField(field, FIELD);
  return bothSides(
    [span('/ ', 'accent'), ...typed],
    [span(`${formatCount(dialog.chosen.size, 'analyzer')} ticked${would}`, 'heading')],
    cells,
  );
}

const widestOf = (
  rows: readonly PlaceRow[],
  select: (row: PlaceRow) => string,
  least: number,
  most: number,
) => widest(rows.map(select), least, most);

function columnsOf(rows: readonly PlaceRow[], cells: number): readonly TableColumn[] {
  // On a narrow screen the last ones go: what is not shown of an analyzer is said of the one under the cursor.
  const columns: readonly TableColumn[] = [
    { title: '', width: 3 },
    { title: 'PROFILE', width: widestOf(rows, ({ profile }) => profile, 7, 16) },
    { title: 'REGION', width: widestOf(rows, ({ region }) => region, 9, 14) },
    { title: 'ANALYZER', width: 10 },
    { title: 'ARCHIVES', width: 8, align: 'right' },
    { title: 'RULES', width: 7, align: 'right' },
    { title: 'KIND', width: 8 },
    ...(cells >= WIDE ? [{ title: '', width: 22 }] : []),
  ];
  return fitTable(columns, cells, NAME_COLUMN);
}

const tick = ({ ticked, may }: PlaceRow): string => (ticked ? '[✓]' : may === 'never' ? ' – ' : '[ ]');

function cellsOf(row: PlaceRow, cells: number): readonly TableCell[] {
  const token = row.may === 'never' ? 'muted' : 'text';
  return [
    { text: tick(row), token: row.ticked ? 'marked' : 'muted' },
    { text: row.profile, token },
    { text: row.region, token },
    { text: row.name, token },
    { text: row.archives, token },
    { text: row.rules, token: 'muted' },
    { text: row.kind, token: 'muted' },
    ...(cells >= WIDE
      ? [{ text: row.why, token: row.may === 'by-name' ? ('warning' as const) : ('muted' as const) }]
      : []),
  ];
}

/** The analyzer under the cursor: what a narrow screen has no column for, and why it is not ticked with all. */
function cursorLine(row: PlaceRow | undefined): Line {
  if (row === undefined) return EMPTY_LINE;
  const facts = span(`${row.kind}, ${row.rules} rules`, 'muted');
  if (row.why === '') return [facts];
  const how = row.may === 'never' ? 'cannot be ticked' : 'ticked only by itself';
  return [facts, span(` · ${how}: ${row.why}`, 'warning')];
}

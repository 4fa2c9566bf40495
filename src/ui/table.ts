import { cellWidth, padEnd, padStart, truncateEnd } from '../domain/text.ts';
import type { Token } from '../theme/tokens.ts';
import { blank, span, type Line } from './line.ts';

/** A column of a small table. */
export interface TableColumn {
  readonly title: string;
  readonly width: number;
  readonly align?: 'right';
}

export interface TableCell {
  readonly text: string;
  readonly token?: Token;
}

const GAP = 2;
/** Cursor and a space, as in the list. */
export const TABLE_GUTTER = 3;

const fitted = (text: string, { width, align }: TableColumn): string => {
  const cut = truncateEnd(text, width);
  return align === 'right' ? padStart(cut, width) : padEnd(cut, width);
};

/** The line over a table. */
export const formatTableHead = (columns: readonly TableColumn[]): Line => [
  blank(TABLE_GUTTER),
  span(columns.map((column) => fitted(column.title, column)).join(' '.repeat(GAP)), 'muted'),
];

/** One row; the cursor has a sign as well as a look. */
export function formatTableRow(
  columns: readonly TableColumn[],
  cells: readonly TableCell[],
  isCursor: boolean,
): Line {
  const parts = columns.flatMap((column, index) => {
    const { text, token = 'text' } = cells[index] ?? { text: '' };
    const look = isCursor && index === 0 ? 'cursor' : token;
    return [...(index === 0 ? [] : [blank(GAP)]), span(fitted(text, column), look)];
  });
  return [isCursor ? span('▌', 'accent') : blank(1), blank(TABLE_GUTTER - 1), ...parts];
}

/** The widths asked for, with one column taking what is left; columns that do not fit go, the last first. */
export function fitTable(
  columns: readonly TableColumn[],
  width: number,
  flexible = -1,
): readonly TableColumn[] {
  const needed = (some: readonly TableColumn[]): number =>
    TABLE_GUTTER + some.reduce((sum, column) => sum + column.width, 0) + GAP * (some.length - 1);
  let shown = columns;
  while (shown.length > Math.max(1, flexible + 1) && needed(shown) > width) shown = shown.slice(0, -1);
  const rest = width - needed(shown);
  return shown.map((column, index) =>
    index === flexible ? { ...column, width: Math.max(4, column.width + rest) } : column,
  );
}

/** The widest of some texts, within bounds. */
export const widest = (texts: readonly string[], least: number, most: number): number =>
  Math.min(most, Math.max(least, ...texts.map(cellWidth)));

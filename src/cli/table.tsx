import { renderToString, Text } from 'ink';
import { Table } from 'ink-table';
import type { JSX } from 'react';
import { cellWidth, padEnd, truncateMiddle } from '../domain/text.ts';

/** A column of a printed table: its heading and its width in cells. */
export interface TableColumn {
  readonly title: string;
  readonly width: number;
}

type Row = Record<string, string>;

/**
 * A small table as text: headings, then a line for each row, cut in the middle where a value is wider than its column.
 * Cells must be clean text already. ink-table measures by UTF-16 units, so wide characters are fitted again by cells.
 */
export function formatTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  options: { readonly heading?: boolean; readonly ascii?: boolean } = {},
): string {
  if (rows.length === 0) return '';
  const keys = columns.map(({ title, width }) => title.padEnd(width));
  const data = rows.map((row): Row => {
    const cells = columns.map(({ width }, index) =>
      truncateMiddle(row[index] ?? '', width, options.ascii ? '...' : '…'),
    );
    return Object.fromEntries(keys.map((key, index) => [key, cells[index] ?? '']));
  });
  const columnsWide = keys.reduce((sum, key) => sum + cellWidth(key) + 2, 0);
  const text = renderToString(
    <Table<Row>
      data={data}
      columns={keys}
      padding={1}
      skeleton={Nothing}
      cell={Cell}
      header={options.heading === false ? Nothing : Cell}
    />,
    { columns: Math.max(columnsWide, 1) },
  );
  const lines = text.split('\n').map((line) => line.replace(/^ /, '').trimEnd());
  return lines.filter((line, index) => line !== '' || index === lines.length).join('\n') + '\n';
}

/** Widths that fill `columns` cells: fixed ones as they are, the rest shared by weight. */
export function fitColumns(
  columns: number,
  specs: readonly { readonly title: string; readonly width?: number; readonly weight?: number }[],
): readonly TableColumn[] {
  const fixed = specs.reduce((sum, { width }) => sum + (width ?? 0), 0);
  const weights = specs.reduce((sum, { weight }) => sum + (weight ?? 0), 0);
  const room = Math.max(0, columns - fixed - 2 * specs.length);
  return specs.map(({ title, width, weight }) => ({
    title,
    width: width ?? Math.max(title.length, Math.floor((room * (weight ?? 1)) / Math.max(1, weights))),
  }));
}

// An empty skeleton draws no rule under every row.
const Nothing = (): JSX.Element => <></>;

const Cell = ({ children }: { readonly children?: unknown }): JSX.Element => {
  const given = String(children);
  return <Text>{padEnd(given.trimEnd(), given.length)}</Text>;
};

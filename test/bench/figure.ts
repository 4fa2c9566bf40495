/** One line of the table. */
export interface Figure {
  readonly what: string;
  /** How much was in the store, or went over the wire. */
  readonly at: string;
  readonly value: number;
  readonly unit: 'ms' | 'bytes' | 'MB' | 'requests';
  /** What it is measured against, in the same run. */
  readonly beside?: { readonly name: string; readonly value: number; readonly ratio: number };
  /** What issue 6 asks for: the most that the value, or the ratio, may be (`least`: the least). */
  readonly bar?: { readonly of: 'value' | 'ratio'; readonly most?: number; readonly least?: number };
  readonly note?: string;
}

/** Something that this machine does not have. */
export interface Missing {
  readonly what: string;
  readonly missing: string;
}

export type Row = Figure | Missing;

const isMissing = (row: Row): row is Missing => 'missing' in row;

export function meetsBar({ value, beside, bar }: Figure): boolean | undefined {
  const measured = bar?.of === 'ratio' ? beside?.ratio : value;
  if (bar === undefined || measured === undefined) return undefined;
  return measured <= (bar.most ?? Infinity) && measured >= (bar.least ?? -Infinity);
}

const formatNumber = (value: number): string => {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
};

function formatBar({ bar, unit }: Figure): string {
  if (bar === undefined) return '';
  const sign = bar.most === undefined ? '≥' : '≤';
  return `${sign} ${formatNumber(bar.most ?? bar.least ?? 0)} ${bar.of === 'ratio' ? '×' : unit}`;
}

const MARKS = { true: 'yes', false: 'NO', undefined: '' } as const;

function toCells(row: Row): readonly string[] {
  if (isMissing(row)) return [row.what, '', row.missing, '', '', '', '', ''];
  const { what, at, value, unit, beside, note = '' } = row;
  return [
    what,
    at,
    `${formatNumber(value)} ${unit}`,
    beside === undefined ? '' : `${beside.name} ${formatNumber(beside.value)}`,
    beside === undefined ? '' : `${beside.ratio.toFixed(2)} ×`,
    formatBar(row),
    MARKS[`${meetsBar(row)}`],
    note,
  ];
}

const HEAD = ['what', 'at', 'measured', 'beside', 'ratio', 'bar', 'met', 'note'];

/** The table, as a person reads it in a terminal or in a log. */
export function formatTable(rows: readonly Row[]): string {
  const table = [HEAD, ...rows.map(toCells)];
  const widths = HEAD.map((_, column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0)));
  const lines = table.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

/** For those who compare runs. */
export const toJson = (rows: readonly Row[]): readonly object[] =>
  rows.map((row) => (isMissing(row) ? row : { ...row, met: meetsBar(row) }));

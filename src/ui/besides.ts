import { blank, EMPTY_LINE, fitLine, span, type Line } from './line.ts';

/** Two columns of lines as one, with a rule between them: one Text a row stays one Text a row. */
export function besides(left: readonly Line[], right: readonly Line[], leftWidth: number): readonly Line[] {
  const rows = Math.max(left.length, right.length);
  return Array.from({ length: rows }, (_, row): Line => [
    ...fitLine(left[row] ?? EMPTY_LINE, leftWidth),
    span('│', 'border'),
    blank(1),
    ...(right[row] ?? EMPTY_LINE),
  ]);
}

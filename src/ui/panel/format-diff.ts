import {
  halfColumns,
  MARK_CELLS,
  type DiffPanelLine,
  type MarkedLine,
} from '../../app/selectors/diff-rows.ts';
import { DIFF_MARKS } from '../../domain/policy/diff-lines.ts';
import type { Token } from '../../theme/tokens.ts';
import { blank, fitLine, span, type Line } from '../line.ts';

/** A difference of two policies: the mark carries the meaning, the colour repeats it. */

const TOKENS: Readonly<Record<MarkedLine['kind'], Token>> = {
  heading: 'heading',
  same: 'text',
  added: 'added',
  removed: 'removed',
};

function formatMarked({ kind, text, goesOn }: MarkedLine): Line {
  const mark = goesOn ? ' ' : DIFF_MARKS[kind];
  return [span(mark.padEnd(MARK_CELLS), TOKENS[kind]), span(text, TOKENS[kind])];
}

/** Between the halves. */
const RULE: Line = [blank(1), span('│', 'border'), blank(1)];

const formatHalf = (line: MarkedLine | undefined, cells: number): Line =>
  fitLine(line === undefined ? [] : formatMarked(line), cells);

export function formatDiffLine(line: DiffPanelLine, columns: number): Line {
  if (line.shape === 'whole') return formatMarked(line.line);
  const half = halfColumns(columns);
  return [...formatHalf(line.left, half), ...RULE, ...formatHalf(line.right, half)];
}

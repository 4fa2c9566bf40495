import { Box, Transform, type DOMElement } from 'ink';
import { use, useRef, type ReactElement } from 'react';
import { CanvasContext } from './canvas.ts';
import type { Line } from './line.ts';
import { paintLine, type Look } from './paint.ts';

export interface PaintedRowsProps {
  /** Each clean, and cut to the width. */
  readonly lines: readonly string[];
  readonly width: number;
}

const blanks = (count: number): string => Array.from({ length: count }, () => ' ').join('\n');

/**
 * Painted lines below each other. Ink cleans, measures and wraps each text in each frame, changed or not, which takes
 * longer than drawing it: so its text is blanks that hold the place, and the lines are what becomes of them.
 */
export function PaintedRows({ lines, width }: PaintedRowsProps): ReactElement | null {
  const canvas = use(CanvasContext);
  const box = useRef<DOMElement>(null);
  if (lines.length === 0) return null;
  /** Ink asks line by line, whenever it draws. */
  const draw = (place: string, index: number): string => {
    if (canvas === undefined) return lines[index] ?? place;
    if (index === 0) canvas.place(box, lines);
    return place;
  };
  return (
    <Box ref={box} width={width} height={lines.length} flexShrink={0}>
      <Transform transform={draw}>{blanks(lines.length)}</Transform>
    </Box>
  );
}

export interface RowsProps {
  readonly lines: readonly Line[];
  readonly look: Look;
  readonly width: number;
}

/** Lines below each other. */
export function Rows({ lines, look, width }: RowsProps): ReactElement {
  return <PaintedRows lines={lines.map((line) => paintLine(line, look, width))} width={width} />;
}

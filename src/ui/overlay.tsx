import { Box } from 'ink';
import type { ReactElement } from 'react';
import { fitLine, type Line } from './line.ts';
import type { Look } from './paint.ts';
import { Rows } from './rows.tsx';

export interface OverlayProps {
  readonly lines: readonly Line[];
  readonly look: Look;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** Lines laid over what is below them; every cell is written, so that nothing shines through. */
export function Overlay({ lines, look, left, top, width }: OverlayProps): ReactElement {
  return (
    <Box position="absolute" left={left} top={top} width={width}>
      <Rows lines={lines.map((line) => fitLine(line, width))} look={look} width={width} />
    </Box>
  );
}

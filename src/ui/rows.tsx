import { Box, Transform } from 'ink';
import { memo, type ReactElement } from 'react';
import type { Line } from './line.ts';
import { paintLine, type Look } from './paint.ts';

/**
 * One line, clean and cut to its width already. Ink cleans, measures and wraps each text in each frame, changed or not,
 * which takes longer than drawing it: so the text is a blank that holds the place, and the line is what becomes of it.
 */
export const Row = memo(function Row({ painted }: { readonly painted: string }): ReactElement {
  return <Transform transform={() => painted}> </Transform>;
});

export interface RowsProps {
  readonly lines: readonly Line[];
  readonly look: Look;
  readonly width: number;
}

/** Lines below each other. A line that stays the same is not drawn again. */
export function Rows({ lines, look, width }: RowsProps): ReactElement {
  return (
    <Box flexDirection="column" width={width} flexShrink={0}>
      {lines.map((line, index) => (
        <Row key={index} painted={paintLine(line, look, width)} />
      ))}
    </Box>
  );
}

import { Box, Text } from 'ink';
import { memo, type ReactElement } from 'react';
import type { Line } from './line.ts';
import { paintLine, type Look } from './paint.ts';

/** One Text a line: a box per cell is ten times slower (measured, see the closing note of the console). */
const Row = memo(function Row({ painted }: { readonly painted: string }): ReactElement {
  return <Text wrap="truncate">{painted}</Text>;
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

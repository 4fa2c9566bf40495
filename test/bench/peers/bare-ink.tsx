import { readFileSync } from 'node:fs';
import { Box, render, Text, useInput } from 'ink';
import { useState, type ReactElement } from 'react';

/** The least that Ink can do for a cursor: the same rows, one of them inverse. The rows come from a file. */
const rows = readFileSync(process.argv[2] ?? '', 'utf8').split('\n');

function List(): ReactElement {
  const [cursor, setCursor] = useState(0);
  useInput((key) => {
    if (key === 'j') setCursor((now) => Math.min(rows.length - 1, now + 1));
    if (key === 'k') setCursor((now) => Math.max(0, now - 1));
  });
  return (
    <Box flexDirection="column">
      {rows.map((row, index) => (
        <Text key={index} wrap="truncate" inverse={index === cursor}>
          {row}
        </Text>
      ))}
    </Box>
  );
}

render(<List />, { alternateScreen: true });

import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { AppState } from '../../app/state.ts';
import { formatLinear } from './format-linear.ts';

/** The console for a screen reader: sentences below each other, nothing drawn. */
export function LinearConsole({ state }: { readonly state: AppState }): ReactElement {
  return (
    <Box flexDirection="column">
      {formatLinear(state).map((text, index) => (
        <Text key={index}>{text}</Text>
      ))}
    </Box>
  );
}

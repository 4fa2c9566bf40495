import { Box } from 'ink';
import type { ReactElement } from 'react';
import { isTooSmall } from '../app/layout.ts';
import type { AppState } from '../app/state.ts';
import { formatHeader } from './chrome/format-header.ts';
import { formatFooter } from './chrome/format-footer.ts';
import { formatMessage } from './chrome/format-message.ts';
import { formatTabs } from './chrome/format-tabs.ts';
import { formatTooSmall } from './chrome/format-too-small.ts';
import { DialogOverlay } from './dialogs/dialog-overlay.tsx';
import type { Look } from './paint.ts';
import { Rows } from './rows.tsx';
import { Screen } from './screen.tsx';

export interface ConsoleProps {
  readonly state: AppState;
  readonly look: Look;
}

/** The whole screen as a function of (state, look): two lines above, two below, the screen between, a dialog over it. */
export function Console({ state, look }: ConsoleProps): ReactElement {
  const { columns: width, rows: height } = state.viewport;
  if (isTooSmall(state.viewport)) {
    return <Rows lines={formatTooSmall(state.viewport)} look={look} width={width} />;
  }
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Rows lines={[formatHeader(state, width), formatTabs(state, width)]} look={look} width={width} />
      <Screen state={state} look={look} />
      <Rows lines={[formatMessage(state, width), formatFooter(state, width)]} look={look} width={width} />
      <DialogOverlay state={state} look={look} />
    </Box>
  );
}

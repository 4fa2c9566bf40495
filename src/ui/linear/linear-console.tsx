import { Text } from 'ink';
import type { ReactElement } from 'react';
import type { AppState } from '../../app/state.ts';
import type { Look } from '../paint.ts';

export function LinearConsole({ state }: { readonly state: AppState; readonly look: Look }): ReactElement {
  return <Text>{state.screen}</Text>;
}

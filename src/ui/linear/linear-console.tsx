import { Text } from 'ink';
import type { ReactElement } from 'react';
import type { AppState } from '../../app/state.ts';

export function LinearConsole({ state }: { readonly state: AppState }): ReactElement {
  return <Text>{state.screen}</Text>;
}

import type { ReactElement } from 'react';
import type { AppState } from '../../app/state.ts';
import type { Look } from '../paint.ts';

export function DialogOverlay(_props: {
  readonly state: AppState;
  readonly look: Look;
}): ReactElement | null {
  return null;
}

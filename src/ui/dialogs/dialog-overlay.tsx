import type { ReactElement } from 'react';
import type { AppState } from '../../app/state.ts';
import { frameLines } from '../frame.ts';
import { blank, type Line } from '../line.ts';
import { Overlay } from '../overlay.tsx';
import type { Look } from '../paint.ts';
import { formatDialog } from './format-dialog.ts';

/** What is left of the list beside a dialog is worth seeing from here on. */
const NARROW_MARGIN = 4;

export interface DialogOverlayProps {
  readonly state: AppState;
  readonly look: Look;
}

/** The open dialog, laid over the screen a little above the middle; themes stand aside, so that their effect is seen. */
export function DialogOverlay({ state, look }: DialogOverlayProps): ReactElement | null {
  const box = formatDialog(state);
  if (box === undefined) return null;
  const { columns, rows } = state.viewport;
  const frame = frameLines(box, box.width);
  const aside = state.dialog?.kind === 'themes';
  const left = aside ? columns - box.width - 1 : Math.floor((columns - box.width) / 2);
  const top = Math.max(0, Math.floor((rows - frame.length) / 3));
  if (left > NARROW_MARGIN || aside)
    return <Overlay lines={frame} look={look} left={left} top={top} width={box.width} />;
  // Crumbs of the list on both sides would say nothing: the dialog takes its lines whole.
  const lines = frame.map((line): Line => [blank(left), ...line]);
  return <Overlay lines={lines} look={look} left={0} top={top} width={columns} />;
}

import { MIN_COLUMNS, MIN_ROWS } from '../../app/layout.ts';
import type { Viewport } from '../../app/state.ts';
import { cutLine, EMPTY_LINE, span, type Line } from '../line.ts';

/** Instead of a broken screen. As many lines as the terminal has, however few. */
export function formatTooSmall({ columns, rows }: Viewport): readonly Line[] {
  const lines = [
    span('iam-triage', 'accent'),
    span(`This terminal is ${columns}×${rows}.`),
    span(`At least ${MIN_COLUMNS}×${MIN_ROWS} is needed:`),
    span('make it larger and the list is back.', 'muted'),
  ].map((part): Line => cutLine([part], Math.max(1, columns)));
  return Array.from({ length: Math.max(1, rows) }, (_, row) => lines[row] ?? EMPTY_LINE);
}

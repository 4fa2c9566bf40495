import type { TextLine } from '../app/selectors/text-line.ts';
import { padEnd, truncateEnd } from '../domain/text.ts';
import { cutLine, span, type Line } from './line.ts';

/** Cells of the label column, as the selectors wrap for it. */
const LABEL_CELLS = 16;

/** A line of a selector: its label in a column of its own. */
export function formatTextLine({ text, label, tone }: TextLine, width: number): Line {
  const body = span(text, tone ?? 'text');
  if (label === undefined) return cutLine([body], width);
  return cutLine([span(padEnd(truncateEnd(label, LABEL_CELLS - 1), LABEL_CELLS), 'muted'), body], width);
}

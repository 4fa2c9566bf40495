import { wrapText } from '../wrap.ts';
import type { TextLine } from './text-line.ts';

/** Width of the column that labels stand in. */
export const LABEL_CELLS = 16;

/** Labelled lines cut to a width: the label stands on the first line, the rest is indented below the text. */
export function wrapLines(lines: readonly TextLine[], columns: number): readonly TextLine[] {
  return lines.flatMap((line) => {
    const room = Math.max(10, line.label === undefined ? columns : columns - LABEL_CELLS);
    return wrapText(line.text, room).map((text, index): TextLine => ({
      ...line,
      text,
      ...(line.label === undefined || index === 0 ? {} : { label: '' }),
    }));
  });
}

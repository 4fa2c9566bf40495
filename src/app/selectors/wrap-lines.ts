import { remember } from '../remember.ts';
import { wrapText } from '../wrap.ts';
import type { TextLine } from './text-line.ts';

/** Width of the column that labels stand in. */
export const LABEL_CELLS = 16;

/** What a text is set in by: blanks, or the sign of a line in a difference. */
const INDENT = /^(?: {1,4}|[-+] )/;

/** A text cut to a width; what goes on stands under the text and not under its indent. */
function wrapIndented(text: string, room: number): readonly string[] {
  const [indent = ''] = INDENT.exec(text) ?? [];
  const under = ' '.repeat(indent.length);
  return wrapText(text.slice(indent.length), room - indent.length).map(
    (part, index) => (index === 0 ? indent : under) + part,
  );
}

/** Labelled lines cut to a width: the label stands on the first line, the rest is indented below the text. */
export function wrapLines(lines: readonly TextLine[], columns: number): readonly TextLine[] {
  return lines.flatMap((line) => {
    const room = Math.max(10, line.label === undefined ? columns : columns - LABEL_CELLS);
    return wrapIndented(line.text, room).map((text, index): TextLine => ({
      ...line,
      text,
      ...(line.label === undefined || index === 0 ? {} : { label: '' }),
    }));
  });
}

/** The lines of an object by width: a plan or an entry can have a hundred thousand, and the width seldom changes. */
export function rememberWrapped<Key extends object>(
  linesOf: (key: Key) => readonly TextLine[],
): (key: Key, columns: number) => readonly TextLine[] {
  const widthsOf = remember((_key: Key) => new Map<number, readonly TextLine[]>());
  return (key, columns) => {
    const known = widthsOf(key).get(columns) ?? wrapLines(linesOf(key), columns);
    widthsOf(key).set(columns, known);
    return known;
  };
}

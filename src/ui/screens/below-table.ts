import type { TextLine } from '../../app/selectors/text-line.ts';
import { wrapLines } from '../../app/selectors/wrap-lines.ts';
import { formatCount } from '../../domain/format-count.ts';
import { blank, lineWidth, span, type Line } from '../line.ts';
import { formatTextLine } from '../text-line.ts';

const MOST_LINES = 9;

/** Lines that stand below a table about the row under the cursor, its title not counted: never more than the table gets. */
export const rowsBelow = (body: number): number => Math.min(MOST_LINES, Math.floor(body / 2) - 1);

/** A title over the whole width, and below it as many lines as there is room for; `rest` says how to see the others. */
export function formatBelowTable(
  title: string,
  texts: readonly TextLine[],
  { width, rows, rest }: { readonly width: number; readonly rows: number; readonly rest: string },
): readonly Line[] {
  const lines = wrapLines(texts, width);
  const missing = lines.length > rows ? lines.length - rows + 1 : 0;
  const start: Line = [blank(1), span('── ', 'border'), span(`${title} `, 'heading')];
  return [
    [...start, span('─'.repeat(Math.max(0, width + 1 - lineWidth(start))), 'border')],
    ...lines.slice(0, lines.length - missing).map((line): Line => [blank(1), ...formatTextLine(line, width)]),
    ...(missing === 0 ? [] : [[blank(1), span(`… ${formatCount(missing, 'more line')}: ${rest}`, 'muted')]]),
  ];
}

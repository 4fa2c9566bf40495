import { styleChange, type Cell, type CellRow } from './styled-cells.ts';

/** The cells from `from` up to (not including) `to` must be drawn anew. */
export interface Change {
  readonly from: number;
  readonly to: number;
}

const BLANK: Cell = { text: ' ', style: '', ground: '', link: '' };

/** Whether two cells look the same: on a blank only the ground is seen. */
const sameCell = (a: Cell, b: Cell): boolean =>
  a.text === b.text && a.link === b.link && (a.text === ' ' ? a.ground === b.ground : a.style === b.style);

/** Moving the cursor costs about eight bytes: nearer changes are cheaper written through. */
const JOIN_WITHIN = 8;

/** Where two simple rows differ. Ends of rows count as blank cells. */
export function changesOf(before: CellRow, after: CellRow): readonly Change[] {
  const width = Math.max(before.cells.length, after.cells.length);
  const changes: Change[] = [];
  for (let at = 0; at < width; at++) {
    if (sameCell(before.cells[at] ?? BLANK, after.cells[at] ?? BLANK)) continue;
    const last = changes.at(-1);
    if (last !== undefined && at - last.to < JOIN_WITHIN)
      changes[changes.length - 1] = { from: last.from, to: at + 1 };
    else changes.push({ from: at, to: at + 1 });
  }
  return changes.map((change) => wholeClusters(change, before, after));
}

/** A change never begins on the second half of a wide character, old or new, and never ends before one. */
function wholeClusters({ from, to }: Change, before: CellRow, after: CellRow): Change {
  const isHalf = (at: number): boolean => before.cells[at]?.text === '' || after.cells[at]?.text === '';
  let [start, end] = [from, to];
  while (start > 0 && isHalf(start)) start--;
  while (isHalf(end)) end++;
  return { from: start, to: end };
}

const ESC = '\u001b';

const isBlank = (cell: Cell | undefined): boolean => cell === undefined || sameCell(cell, BLANK);

/** The escape sequences and text that draw cells `from` to `to` of a row, ending in the terminal's own look. */
export function drawCells({ cells }: CellRow, { from, to }: Change): string {
  // What is blank up to the end of the row is erased, not written.
  let end = to;
  if (to >= cells.length) {
    end = cells.length;
    while (end > from && isBlank(cells[end - 1])) end--;
  }
  let text = '';
  let now: Cell = BLANK;
  for (const cell of cells.slice(from, end)) {
    if (cell.link !== now.link) text += `${ESC}]8;;${cell.link}${ESC}\\`;
    // A blank takes the look before it where that makes no difference.
    const keeps = cell.text === ' ' && cell.ground === now.ground;
    if (!keeps && cell.style !== now.style) text += styleChange(now.style, cell.style);
    now = keeps ? { ...now, link: cell.link } : cell;
    text += cell.text;
  }
  if (now.link !== '') text += `${ESC}]8;;${ESC}\\`;
  if (now.style !== '') text += `${ESC}[m`;
  return to >= cells.length && end < to ? `${text}${ESC}[K` : text;
}

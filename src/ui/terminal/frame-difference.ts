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

/**
 * Writes cells as text and escape sequences. The look stays as the last cell had it until another is needed, over rows
 * and jumps: `end` gives the terminal its own look back.
 */
export class Pen {
  #now: Cell = BLANK;
  #text = '';

  /** The next cells go to this place (counted from 0). */
  moveTo(row: number, column: number): void {
    this.#text += `${ESC}[${row + 1};${column + 1}H`;
  }

  /** Draws cells of a row; what is blank up to its end is erased, not written. */
  draw({ cells }: CellRow, { from, to }: Change): void {
    let end = Math.min(to, cells.length);
    if (to >= cells.length) while (end > from && isBlank(cells[end - 1])) end--;
    for (const cell of cells.slice(from, end)) this.#put(cell);
    if (to >= cells.length && end < to) this.eraseRest();
  }

  /** Erases to the end of the row. Terminals erase with the background that is set: it has to be their own. */
  eraseRest(): void {
    this.#become(BLANK);
    this.#text += `${ESC}[K`;
  }

  end(): string {
    this.#become(BLANK);
    return this.#text;
  }

  #put(cell: Cell): void {
    // A blank takes the look before it where that makes no difference.
    const keeps = cell.text === ' ' && cell.ground === this.#now.ground && cell.link === this.#now.link;
    if (!keeps) this.#become(cell);
    this.#text += cell.text;
  }

  #become(cell: Cell): void {
    if (cell.link !== this.#now.link) this.#text += `${ESC}]8;;${cell.link}${ESC}\\`;
    if (cell.style !== this.#now.style) this.#text += styleChange(this.#now.style, cell.style);
    this.#now = cell;
  }
}

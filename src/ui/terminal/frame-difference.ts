import { OWN_LOOK, styleChange, type CellLook, type CellRow } from './styled-cells.ts';

/** The cells from `from` up to (not including) `to` must be drawn anew. */
export interface Change {
  readonly from: number;
  readonly to: number;
}

const BLANK = ' ';

const textAt = ({ texts }: CellRow, at: number): string => texts[at] ?? BLANK;
const lookAt = ({ looks }: CellRow, at: number): CellLook => looks[at] ?? OWN_LOOK;

/** Whether two cells with the same text look the same: on a blank only the ground is seen. */
const sameLook = (text: string, a: CellLook, b: CellLook): boolean =>
  a === b || (a.link === b.link && (text === BLANK ? a.ground === b.ground : a.style === b.style));

/** Moving the cursor costs about eight bytes: nearer changes are cheaper written through. */
const JOIN_WITHIN = 8;

/** Where two simple rows differ. Ends of rows count as blank cells. */
export function changesOf(before: CellRow, after: CellRow): readonly Change[] {
  const width = Math.max(before.texts.length, after.texts.length);
  const changes: Change[] = [];
  for (let at = 0; at < width; at++) {
    const text = textAt(after, at);
    if (text === textAt(before, at) && sameLook(text, lookAt(before, at), lookAt(after, at))) continue;
    const last = changes.at(-1);
    if (last !== undefined && at - last.to < JOIN_WITHIN)
      changes[changes.length - 1] = { from: last.from, to: at + 1 };
    else changes.push({ from: at, to: at + 1 });
  }
  return changes.map((change) => wholeClusters(change, before, after));
}

/** A change never begins on the second half of a wide character, old or new, and never ends before one. */
function wholeClusters({ from, to }: Change, before: CellRow, after: CellRow): Change {
  const isHalf = (at: number): boolean => before.texts[at] === '' || after.texts[at] === '';
  let [start, end] = [from, to];
  while (start > 0 && isHalf(start)) start--;
  while (isHalf(end)) end++;
  return { from: start, to: end };
}

const ESC = '\u001b';

const isBlank = (row: CellRow, at: number): boolean =>
  textAt(row, at) === BLANK && sameLook(BLANK, lookAt(row, at), OWN_LOOK);

/**
 * Writes cells as text and escape sequences. The look stays as the last cell had it until another is needed, over rows
 * and jumps: `end` gives the terminal its own look back.
 */
export class Pen {
  #now = OWN_LOOK;
  #text = '';

  /** The next cells go to this place (counted from 0). */
  moveTo(row: number, column: number): void {
    this.#text += `${ESC}[${row + 1};${column + 1}H`;
  }

  /** Draws cells of a row; what is blank up to its end is erased, not written. */
  draw(row: CellRow, { from, to }: Change): void {
    const width = row.texts.length;
    let end = Math.min(to, width);
    if (to >= width) while (end > from && isBlank(row, end - 1)) end--;
    for (let at = from; at < end; at++) this.#put(textAt(row, at), lookAt(row, at));
    if (to >= width && end < to) this.eraseRest();
  }

  /** Erases to the end of the row. Terminals erase with the background that is set: it has to be their own. */
  eraseRest(): void {
    this.#become(OWN_LOOK);
    this.#text += `${ESC}[K`;
  }

  end(): string {
    this.#become(OWN_LOOK);
    return this.#text;
  }

  #put(text: string, look: CellLook): void {
    // A blank takes the look before it where that makes no difference.
    const keeps = text === BLANK && look.ground === this.#now.ground && look.link === this.#now.link;
    if (!keeps) this.#become(look);
    this.#text += text;
  }

  #become(look: CellLook): void {
    if (look === this.#now) return;
    if (look.link !== this.#now.link) this.#text += `${ESC}]8;;${look.link}${ESC}\\`;
    if (look.style !== this.#now.style) this.#text += styleChange(this.#now.style, look.style);
    this.#now = look;
  }
}

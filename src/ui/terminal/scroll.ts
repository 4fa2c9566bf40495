import { EMPTY_ROW, type ScreenRow } from './screen-row.ts';

const ESC = '\u001b';

/** Rows [from, to) of the screen, moved up by `by` (down, where it is negative). */
export interface Scroll {
  readonly from: number;
  readonly to: number;
  readonly by: number;
}

/** A list that moves under its cursor moves by one; whole pages have nothing in common with what was there. */
const STEPS = [1, -1] as const;
/** Fewer rows are as well written anew. */
const LEAST_ROWS = 6;
/** The list stands on the left: what is to the right of it may change as it likes. */
const COMPARED = 64;

const SGR = new RegExp('\\u001b\\[[0-9;]*m', 'g');

/** What the list says in a row, without looks: '' for what is no row of a list. */
const listText = ({ left }: ScreenRow): string => left.replace(SGR, '').slice(0, COMPARED).trimEnd();

/** Where most rows of a frame are those of the frame before, moved by one; undefined: nowhere. */
export function findScroll(before: readonly ScreenRow[], after: readonly ScreenRow[]): Scroll | undefined {
  const changed = after.filter((row, at) => row !== before[at]).length;
  if (changed < LEAST_ROWS) return undefined;
  const [was, is] = [before.map(listText), after.map(listText)];
  for (const by of STEPS) {
    const moved = is.flatMap((text, row) =>
      text !== '' && text === was[row + by] && text !== was[row] ? [row] : [],
    );
    const [first, last] = [moved[0], moved.at(-1)];
    if (first === undefined || last === undefined || moved.length < LEAST_ROWS) continue;
    // Two rows of the range may differ: the one the cursor left and the one it came to.
    const [from, to] = by > 0 ? [first, last + 1 + by] : [first + by, last + 1];
    if (moved.length >= to - from - 3 && from >= 0 && to <= before.length) return { from, to, by };
  }
  return undefined;
}

/** Moves the rows in the terminal (DECSTBM, SU, SD; the cursor is placed by row and column after that). */
export const scrollSequence = ({ from, to, by }: Scroll): string =>
  `${ESC}[${from + 1};${to}r${ESC}[${Math.abs(by)}${by > 0 ? 'S' : 'T'}${ESC}[r`;

/** What the screen shows after that. */
export function scrolledRows(rows: readonly ScreenRow[], { from, to, by }: Scroll): readonly ScreenRow[] {
  return rows.map((row, at) => {
    if (at < from || at >= to) return row;
    const source = at + by;
    return source >= from && source < to ? (rows[source] ?? EMPTY_ROW) : EMPTY_ROW;
  });
}

import { changesOf, Pen } from './frame-difference.ts';
import { EMPTY_ROW, type PlacedLines, type ScreenRow, stackRows } from './screen-row.ts';
import { findScroll, scrolledRows, scrollSequence } from './scroll.ts';

const ESC = '\u001b';
const HIDE_CURSOR = `${ESC}[?25l`;
const CLEAR = `${ESC}[H${ESC}[2J`;
/** Synchronized output: the terminal shows the frame when it is whole. Ignored where it is not known. */
const [BEGIN, END] = [`${ESC}[?2026h`, `${ESC}[?2026l`];
/** Less than this arrives in one packet anyway. */
const SMALL = 1_000;

const ENTERS_ALTERNATE_SCREEN = `${ESC}[?1049h`;

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/**
 * Draws frames on a terminal by writing only the cells that changed: a cursor move on a 200×50 screen is some 150 bytes,
 * where rewriting its two lines took 540 (on a slow SSH line that is what one waits for).
 */
export class FrameWriter {
  readonly #write: (text: string) => boolean;
  #shown: readonly ScreenRow[] | undefined;
  #size: Size = { columns: 0, rows: 0 };

  constructor(write: (text: string) => boolean) {
    this.#write = write;
  }

  /** The screen is not what it was (resumed, resized, drawn over): the next frame is written whole. */
  forget(): void {
    this.#shown = undefined;
  }

  /** What is no frame, such as escape sequences that set modes, goes through as it is. */
  pass(text: string): boolean {
    if (text.includes(ENTERS_ALTERNATE_SCREEN)) this.forget();
    return this.#write(text);
  }

  /** A frame: blocks of lines, later ones over earlier ones. */
  draw(blocks: readonly PlacedLines[], size: Size): boolean {
    if (size.columns !== this.#size.columns || size.rows !== this.#size.rows) this.forget();
    this.#size = size;
    const shown = this.#shown ?? [];
    const rows = stackRows(blocks, size.rows).map((row, at) =>
      shown[at]?.equals(row) === true ? shown[at] : row,
    );
    // Drawn for a wider terminal, just before it became narrow: it would wrap into its neighbours. The next frame is whole.
    if (rows.some((row, at) => row !== shown[at] && row.cells.texts.length > size.columns)) {
      this.forget();
      return true;
    }
    const output = this.#shown === undefined ? paintWhole(rows) : paintChanges(shown, rows);
    this.#shown = rows;
    return output === '' || this.#write(output.length < SMALL ? output : BEGIN + output + END);
  }
}

function paintRow(pen: Pen, row: number, { cells: was }: ScreenRow, { cells: is }: ScreenRow): void {
  if (was.simple && is.simple) {
    for (const change of changesOf(was, is)) {
      pen.moveTo(row, change.from);
      pen.draw(is, change);
    }
    return;
  }
  // Terminals disagree about the width of joined clusters: such a row is erased first and drawn from its beginning.
  pen.moveTo(row, 0);
  pen.eraseRest();
  pen.draw(is, { from: 0, to: is.texts.length });
}

function paintRows(before: readonly ScreenRow[], after: readonly ScreenRow[]): string {
  const pen = new Pen();
  after.forEach((is, row) => {
    const was = before[row] ?? EMPTY_ROW;
    // After a scroll a row that is like it stands there already.
    if (was !== is && !was.equals(is)) paintRow(pen, row, was, is);
  });
  return pen.end();
}

const paintWhole = (rows: readonly ScreenRow[]): string => HIDE_CURSOR + CLEAR + paintRows([], rows);

function paintChanges(before: readonly ScreenRow[], after: readonly ScreenRow[]): string {
  const scroll = findScroll(before, after);
  if (scroll === undefined) return paintRows(before, after);
  return scrollSequence(scroll) + paintRows(scrolledRows(before, scroll), after);
}

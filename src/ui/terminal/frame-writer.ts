import { changesOf, Pen } from './frame-difference.ts';
import { findScroll, scrolledLines, scrollSequence } from './scroll.ts';
import { toCells, type CellRow } from './styled-cells.ts';

const ESC = '\u001b';
const HIDE_CURSOR = `${ESC}[?25l`;
const CLEAR = `${ESC}[H${ESC}[2J`;
/** Synchronized output: the terminal shows the frame when it is whole. Ignored where it is not known. */
const [BEGIN, END] = [`${ESC}[?2026h`, `${ESC}[?2026l`];
/** Less than this arrives in one packet anyway. */
const SMALL = 1_000;

const MODES = new RegExp('^(?:\\u001b\\[[?<>=]?[0-9;]*[hlu])*$', 'u');
const ENTERS_ALTERNATE_SCREEN = `${ESC}[?1049h`;

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

const NO_CELLS: CellRow = { cells: [], simple: true };

type RowOf = (line: string) => CellRow;

/** Takes each line of a frame apart once. Kept for the next frame they would take more memory than they spare time. */
function createRows(): RowOf {
  const rows = new Map<string, CellRow>();
  return (line) => {
    if (line === '') return NO_CELLS;
    let row = rows.get(line);
    if (row === undefined) rows.set(line, (row = toCells(line)));
    return row;
  };
}

/**
 * Draws frames on a terminal by writing only the cells that changed: a cursor move on a 200×50 screen is some 150 bytes,
 * where rewriting its two lines took 540 (on a slow SSH line that is what one waits for).
 */
export class FrameWriter {
  readonly #write: (text: string) => boolean;
  #shown: string[] | undefined;
  #size: Size = { columns: 0, rows: 0 };

  constructor(write: (text: string) => boolean) {
    this.#write = write;
  }

  /** The screen is not what it was (resumed, resized, drawn over): the next frame is written whole. */
  forget(): void {
    this.#shown = undefined;
  }

  /** A frame, or escape sequences that set modes, which go through as they are. */
  write(text: string, size: Size): boolean {
    if (MODES.test(text)) {
      if (text.includes(ENTERS_ALTERNATE_SCREEN)) this.forget();
      return this.#write(text);
    }
    if (size.columns !== this.#size.columns || size.rows !== this.#size.rows) this.forget();
    this.#size = size;
    const lines = text.split('\n').slice(0, size.rows);
    const rowOf = createRows();
    // Drawn for a wider terminal, just before it became narrow: it would wrap into its neighbours. The next frame is whole.
    if (lines.some((line, row) => line !== this.#shown?.[row] && isTooWide(line, size.columns, rowOf))) {
      this.forget();
      return true;
    }
    const output =
      this.#shown === undefined ? paintWhole(lines, rowOf) : paintChanges(this.#shown, lines, rowOf);
    this.#shown = lines;
    return output === '' || this.#write(output.length < SMALL ? output : BEGIN + output + END);
  }
}

const isTooWide = (line: string, columns: number, rowOf: RowOf): boolean =>
  line.length > columns && rowOf(line).cells.length > columns;

function paintRow(pen: Pen, row: number, was: CellRow, is: CellRow): void {
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
  pen.draw(is, { from: 0, to: is.cells.length });
}

function paintRows(before: readonly string[], after: readonly string[], rowOf: RowOf): string {
  const pen = new Pen();
  for (let row = 0; row < Math.max(before.length, after.length); row++) {
    const [was, is] = [before[row] ?? '', after[row] ?? ''];
    if (was !== is) paintRow(pen, row, rowOf(was), rowOf(is));
  }
  return pen.end();
}

const paintWhole = (lines: readonly string[], rowOf: RowOf): string =>
  HIDE_CURSOR + CLEAR + paintRows([], lines, rowOf);

function paintChanges(before: readonly string[], after: readonly string[], rowOf: RowOf): string {
  const scroll = findScroll(before, after);
  if (scroll === undefined) return paintRows(before, after, rowOf);
  return scrollSequence(scroll) + paintRows(scrolledLines(before, scroll), after, rowOf);
}

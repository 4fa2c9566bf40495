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

/** Lines, each taken apart once a frame. Kept for longer they would take more memory than time. */
class Rows {
  readonly #ofLine = new Map<string, CellRow>();

  of(line: string): CellRow {
    if (line === '') return NO_CELLS;
    let row = this.#ofLine.get(line);
    if (row === undefined) this.#ofLine.set(line, (row = toCells(line)));
    return row;
  }

  forget(): void {
    this.#ofLine.clear();
  }
}

/**
 * Draws frames on a terminal by writing only the cells that changed: a cursor move on a 200×50 screen is some 150 bytes,
 * where rewriting its two lines took 540 (on a slow SSH line that is what one waits for).
 */
export class FrameWriter {
  readonly #write: (text: string) => boolean;
  #shown: string[] | undefined;
  #size: Size = { columns: 0, rows: 0 };
  readonly #rows = new Rows();

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
    // Drawn for a wider terminal, just before it became narrow: it would wrap into its neighbours. The next frame is whole.
    if (lines.some((line, row) => line !== this.#shown?.[row] && this.#isTooWide(line, size.columns))) {
      this.forget();
      return true;
    }
    const output =
      this.#shown === undefined ? this.#paintWhole(lines) : this.#paintChanges(this.#shown, lines);
    this.#shown = lines;
    this.#rows.forget();
    return output === '' || this.#write(output.length < SMALL ? output : BEGIN + output + END);
  }

  #isTooWide(line: string, columns: number): boolean {
    return line.length > columns && this.#rows.of(line).cells.length > columns;
  }

  #paintWhole(lines: readonly string[]): string {
    return HIDE_CURSOR + CLEAR + this.#paintRows([], lines);
  }

  #paintChanges(before: readonly string[], after: readonly string[]): string {
    const scroll = findScroll(before, after);
    if (scroll === undefined) return this.#paintRows(before, after);
    return scrollSequence(scroll) + this.#paintRows(scrolledLines(before, scroll), after);
  }

  #paintRows(before: readonly string[], after: readonly string[]): string {
    const pen = new Pen();
    for (let row = 0; row < Math.max(before.length, after.length); row++) {
      const [was, is] = [before[row] ?? '', after[row] ?? ''];
      if (was !== is) paintRow(pen, row, this.#rows.of(was), this.#rows.of(is));
    }
    return pen.end();
  }
}

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

import { OWN_LOOK, toCells, type CellLook, type CellRow } from './styled-cells.ts';

/** Lines below each other, each as wide as it is, at a place of the screen (counted from 0). */
export interface PlacedLines {
  readonly x: number;
  readonly y: number;
  /** Text, SGR and OSC 8. */
  readonly lines: readonly string[];
}

interface Part {
  readonly x: number;
  readonly line: string;
}

/** One row of the screen: what stands on it, later parts over earlier ones. */
export class ScreenRow {
  readonly #parts: readonly Part[];
  #cells: CellRow | undefined;

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  /** Taken apart when it is asked for, and once: most rows of a frame are those of the frame before. */
  get cells(): CellRow {
    return (this.#cells ??= toLayers(this.#parts));
  }

  /** What stands at the left edge. */
  get left(): string {
    const [first] = this.#parts;
    return first?.x === 0 ? first.line : '';
  }

  equals(other: ScreenRow): boolean {
    const [own, others] = [this.#parts, other.#parts];
    return (
      own.length === others.length &&
      own.every((part, at) => part.x === others[at]?.x && part.line === others[at].line)
    );
  }
}

/** A row without anything. */
export const EMPTY_ROW = new ScreenRow([]);

/** The rows of a screen on which these stand, in the order of drawing. */
export function stackRows(blocks: readonly PlacedLines[], height: number): readonly ScreenRow[] {
  const parts = Array.from({ length: height }, (): Part[] => []);
  for (const { x, y, lines } of blocks) lines.forEach((line, at) => parts[y + at]?.push({ x, line }));
  return parts.map((row) => (row.length === 0 ? EMPTY_ROW : new ScreenRow(row)));
}

const BLANK = ' ';

function toLayers(parts: readonly Part[]): CellRow {
  const [bottom, ...more] = parts;
  if (bottom === undefined) return { texts: [], looks: [], simple: true };
  if (bottom.x === 0 && more.length === 0) return toCells(bottom.line);
  const texts: string[] = [];
  const looks: CellLook[] = [];
  let simple = true;
  for (const { x, line } of parts) {
    const over = toCells(line);
    if (over.texts.length === 0) continue;
    simple &&= over.simple;
    for (let at = texts.length; at < x; at++) {
      texts.push(BLANK);
      looks.push(OWN_LOOK);
    }
    // Of a wide character that is covered in part the rest is blank.
    if (texts[x] === '') texts[x - 1] = BLANK;
    over.texts.forEach((text, at) => {
      texts[x + at] = text;
      looks[x + at] = over.looks[at] ?? OWN_LOOK;
    });
    const end = x + over.texts.length;
    if (texts[end] === '') texts[end] = BLANK;
  }
  return { texts, looks, simple };
}

/** The part of a list that is shown. */
export interface VisiblePart {
  readonly from: number;
  readonly to: number;
}

/** As many of `count` items as `rows` hold, with the chosen one among them and no empty rows at the end. */
export function partAround(count: number, chosen: number, rows: number): VisiblePart {
  const from = Math.max(0, Math.min(Math.max(0, chosen) - Math.floor(rows / 2), count - rows));
  return { from, to: Math.min(count, from + rows) };
}

/** From a scroll position on, never past the last full page. */
export function partFrom(count: number, scroll: number, rows: number): VisiblePart {
  const from = Math.max(0, Math.min(scroll, count - rows));
  return { from, to: Math.min(count, from + rows) };
}

import type { ExposureId } from './exposure.ts';
import type { ExposureRow, ListCounts } from './listing.ts';

/** Rows [offset, offset + limit) of a list. */
export interface RowRange {
  readonly offset: number;
  readonly limit: number;
}

/** Where a list is looked at. */
export interface ListPlace {
  /** Exposure to find again; undefined: go by row number. */
  readonly follow: ExposureId | undefined;
  /** What stood below it, nearest first: where it is gone, the first of these that is still there takes its place. */
  readonly heirs: readonly ExposureId[];
  /** Row to go to where nothing is found. */
  readonly row: number;
  /** Screen line on which that row is to stand, and how many lines there are. */
  readonly line: number;
  readonly page: number;
}

/** A list where it is looked at: numbers and rows of the same moment. */
export interface ListAround {
  readonly counts: ListCounts;
  /** Row number of the followed exposure; undefined: it is not in the list. */
  readonly found: number | undefined;
  /** Row number of the heir in its place; undefined: there is no need of one, or none. */
  readonly heir: number | undefined;
  readonly offset: number;
  readonly rows: readonly ExposureRow[];
}

/** A screen above, the screen, a screen below. */
export function windowAround(top: number, page: number): RowRange {
  const offset = Math.max(0, top - page);
  return { offset, limit: top + 2 * page - offset };
}

/** The rows to load for a place in a list of so many. */
export function rangeAt(
  { row, line, page }: ListPlace,
  found: number | undefined,
  exposures: number,
): RowRange {
  const cursor = Math.max(0, Math.min(found ?? row, exposures - 1));
  return windowAround(Math.max(0, cursor - line), page);
}

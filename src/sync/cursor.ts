import type { Criteria } from '../domain/archive-rule.ts';

/** One series of pages: a share of an analyzer's findings, or all of them (no filter). */
export interface Stream {
  readonly filter: Criteria | undefined;
  /** Token of the next page; undefined: the first page is next. */
  readonly token: string | undefined;
}

/**
 * Where a full pass stands: the series that have pages left. The store keeps it as the pass's page token, so an
 * interrupted pass goes on in all of its series.
 */
export type Cursor = readonly Stream[];

const VERSION = 1;

/** `undefined` when nothing is left. */
export function formatCursor(streams: Cursor): string | undefined {
  if (streams.length === 0) return undefined;
  return JSON.stringify([VERSION, ...streams.map(({ filter, token }) => [filter ?? null, token ?? null])]);
}

/** `undefined` for what formatCursor of this version did not write. */
export function parseCursor(text: string): Cursor | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value) || value[0] !== VERSION) return undefined;
    return (value.slice(1) as [Criteria | null, string | null][]).map(([filter, token]) => ({
      filter: filter ?? undefined,
      token: token ?? undefined,
    }));
  } catch {
    return undefined;
  }
}

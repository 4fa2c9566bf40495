import type { ExposureId } from '../domain/exposure.ts';
import type { LoadList } from './effect.ts';
import type { ListLoaded } from './message.ts';
import type { Queries } from './services.ts';
import { windowAround } from './update/window.ts';

/** What stood in the list, or had the cursor, and does not come again. */
export function lostBy({ held, follow }: LoadList, { rows, found }: ListLoaded): readonly ExposureId[] {
  const there = new Set(rows.map((row) => row.exposureId));
  const lost = held.filter((id) => !there.has(id));
  return follow === undefined || found !== undefined || lost.includes(follow) ? lost : [...lost, follow];
}

/**
 * Finds the followed exposure again and loads the rows around it, with the counts, as one answer: the list never shows
 * rows of one moment with the numbers of another.
 */
export async function loadList(effect: LoadList, queries: Queries, signal: AbortSignal): Promise<ListLoaded> {
  const { query, follow } = effect;
  const [counts, found] = await Promise.all([
    queries.counts(query, signal),
    follow === undefined ? undefined : queries.indexOf(query, follow, signal),
  ]);
  signal.throwIfAborted();
  const fallback = effect.reason === 'query' ? 0 : effect.cursor;
  const cursor = Math.max(0, Math.min(found ?? fallback, counts.exposures - 1));
  const range = windowAround(Math.max(0, cursor - effect.line), effect.page);
  const rows = await queries.window(query, range.offset, range.limit, signal);
  signal.throwIfAborted();
  return {
    kind: 'list-loaded',
    version: effect.version,
    reason: effect.reason,
    counts,
    offset: range.offset,
    rows,
    found,
    askedCursor: effect.cursor,
  };
}

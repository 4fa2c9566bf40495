import type { ExposureId } from '../domain/exposure.ts';
import type { LoadList } from './effect.ts';
import type { ListLoaded } from './message.ts';
import type { Queries } from './services.ts';

/** What stood in the list, or had the cursor, and does not come again. */
export function lostBy({ held, follow }: LoadList, { rows, found }: ListLoaded): readonly ExposureId[] {
  const there = new Set(rows.map((row) => row.exposureId));
  const lost = held.filter((id) => !there.has(id));
  return follow === undefined || found !== undefined || lost.includes(follow) ? lost : [...lost, follow];
}

/** The list around the exposure that the cursor follows, as one answer: never rows of one moment with the numbers of another. */
export async function loadList(effect: LoadList, queries: Queries, signal: AbortSignal): Promise<ListLoaded> {
  const { follow, heirs, line, page, cursor } = effect;
  const row = effect.reason === 'query' ? 0 : cursor;
  const around = await queries.around(effect.query, { follow, heirs, row, line, page }, signal);
  signal.throwIfAborted();
  return {
    kind: 'list-loaded',
    version: effect.version,
    reason: effect.reason,
    ...around,
    askedCursor: cursor,
  };
}

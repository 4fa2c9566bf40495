import { formatNumber } from '../../domain/format-count.ts';
import type { ExposureRow, ListCounts } from '../../domain/listing.ts';
import type { Drift, ListState } from '../state.ts';

/** What a refresh did to the list under a person's hands, so that nothing moves in silence. */

export const NO_DRIFT: Drift = { added: 0, gone: 0, moved: false };

/** Where the list stands after the refresh. */
export interface Refreshed {
  readonly offset: number;
  readonly counts: ListCounts;
  readonly rows: readonly ExposureRow[];
  /** By how many rows the cursor's exposure moved. */
  readonly shift: number;
}

const isWhole = (rows: readonly ExposureRow[], counts: ListCounts | undefined): boolean =>
  rows.length === counts?.exposures;

const idsOf = (rows: readonly ExposureRow[]): ReadonlySet<string> =>
  new Set(rows.map((row) => row.exposureId));

/** Whether a row that is loaded before and after stands elsewhere than the cursor's own move explains. */
function hasMoved(list: ListState, after: Refreshed): boolean {
  const before = new Map(list.rows.map((row, index) => [row.exposureId, list.offset + index + after.shift]));
  return after.rows.some((row, index) => {
    const expected = before.get(row.exposureId);
    return expected !== undefined && expected !== after.offset + index;
  });
}

function driftBetween(list: ListState, after: Refreshed): Drift {
  const net = after.counts.exposures - (list.counts?.exposures ?? 0);
  if (!isWhole(list.rows, list.counts) || !isWhole(after.rows, after.counts)) {
    return {
      added: Math.max(0, net),
      gone: Math.max(0, -net),
      moved: net === 0 && (after.shift !== 0 || hasMoved(list, after)),
    };
  }
  const [before, now] = [idsOf(list.rows), idsOf(after.rows)];
  const added = after.rows.filter((row) => !before.has(row.exposureId)).length;
  const gone = list.rows.filter((row) => !now.has(row.exposureId)).length;
  return { added, gone, moved: added === 0 && gone === 0 && hasMoved(list, after) };
}

/** Adds what this refresh changed to what the person has not reacted to yet. */
export function addDrift(list: ListState, after: Refreshed): Drift {
  const next = driftBetween(list, after);
  if (next.added === 0 && next.gone === 0 && !next.moved) return list.drift;
  return {
    added: list.drift.added + next.added,
    gone: list.drift.gone + next.gone,
    moved: list.drift.moved || next.moved,
  };
}

/** "4 new, 2 gone"; undefined: nothing to say. */
export function formatDrift(drift: Drift): string | undefined {
  const parts = [
    drift.added > 0 ? `${formatNumber(drift.added)} new` : '',
    drift.gone > 0 ? `${formatNumber(drift.gone)} gone` : '',
  ].filter((part) => part !== '');
  if (parts.length > 0) return parts.join(', ');
  return drift.moved ? 'rows changed places' : undefined;
}

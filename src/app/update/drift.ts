import type { ListCounts } from '../../domain/listing.ts';
import type { ExposureRow } from '../../domain/listing.ts';
import type { Drift, ListState } from '../state.ts';

/** What a refresh did to the list under a person's hands, so that nothing moves in silence. */

export const NO_DRIFT: Drift = { added: 0, gone: 0, moved: false };

const isWhole = (rows: readonly ExposureRow[], counts: ListCounts | undefined): boolean =>
  rows.length === counts?.exposures;

function driftBetween(list: ListState, counts: ListCounts, rows: readonly ExposureRow[]): Drift {
  if (isWhole(list.rows, list.counts) && isWhole(rows, counts)) {
    const before = new Set(list.rows.map((row) => row.exposureId));
    const after = new Set(rows.map((row) => row.exposureId));
    const added = rows.filter((row) => !before.has(row.exposureId)).length;
    const gone = list.rows.filter((row) => !after.has(row.exposureId)).length;
    const moved =
      added === 0 && gone === 0 && rows.some((row, index) => row.exposureId !== list.rows[index]?.exposureId);
    return { added, gone, moved };
  }
  const net = counts.exposures - (list.counts?.exposures ?? 0);
  return { added: Math.max(0, net), gone: Math.max(0, -net), moved: false };
}

/** Adds what this refresh changed to what the person has not reacted to yet. */
export function addDrift(list: ListState, counts: ListCounts, rows: readonly ExposureRow[]): Drift {
  const next = driftBetween(list, counts, rows);
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
    drift.added > 0 ? `${drift.added.toLocaleString('en')} new` : '',
    drift.gone > 0 ? `${drift.gone.toLocaleString('en')} gone` : '',
  ].filter((part) => part !== '');
  if (parts.length > 0) return parts.join(', ');
  return drift.moved ? 'rows changed places' : undefined;
}

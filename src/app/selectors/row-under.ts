import type { ExposureRow } from '../../domain/listing.ts';
import type { AppState } from '../state.ts';

/** The row that a command on a single finding acts on: what an open panel is about, else the one under the cursor. */
export const selectRowUnder = ({ list, panel }: AppState): ExposureRow | undefined =>
  panel === undefined
    ? list.rows[list.cursor - list.offset]
    : list.rows.find((row) => row.exposureId === panel.exposureId);

import { Box } from 'ink';
import { memo, useMemo, type ReactElement } from 'react';
import { listRows } from '../../app/layout.ts';
import { isMarked } from '../../app/selectors/marks.ts';
import type { AppState } from '../../app/state.ts';
import type { AccountNames } from '../../domain/filter/account-names.ts';
import type { ExposureRow } from '../../domain/listing.ts';
import { EMPTY_LINE, type Line } from '../line.ts';
import { paintLine, type Look } from '../paint.ts';
import { Row, Rows } from '../rows.tsx';
import { formatEmpty } from './format-empty.ts';
import { formatRow, formatUnloadedRow } from './format-row.ts';
import { placeListColumns, type PlacedColumn } from './place-columns.ts';

interface ListRowProps {
  /** undefined: not loaded yet. */
  readonly row: ExposureRow | undefined;
  readonly columns: readonly PlacedColumn[];
  readonly isCursor: boolean;
  readonly isMarked: boolean;
  readonly now: number;
  readonly accountNames: AccountNames;
  readonly look: Look;
  readonly width: number;
}

/** One line of the list. A cursor move lays out two of them anew: the one it leaves and the one it comes to. */
const ListRow = memo(function ListRow({ row, columns, look, width, ...place }: ListRowProps): ReactElement {
  const line = row === undefined ? formatUnloadedRow(place.isCursor) : formatRow(row, columns, place);
  return <Row painted={paintLine(line, look, width)} />;
});

export interface ListProps {
  readonly state: AppState;
  readonly look: Look;
  readonly width: number;
}

/** The rows that the viewport shows: windowed before React sees them, one line each. */
export function List({ state, look, width }: ListProps): ReactElement {
  const { list, now, mode } = state;
  const { accountNames } = mode;
  const columns = useMemo(
    () => placeListColumns(width, list.columns, list.filter),
    [width, list.columns, list.filter],
  );
  const rows = listRows(state.viewport);
  const empty = formatEmpty(state, width, rows);
  if (empty !== undefined) return <Rows lines={empty} look={look} width={width} />;
  const total = list.counts?.exposures ?? list.offset + list.rows.length;
  const shown = Math.max(0, Math.min(rows, total - list.top));
  const rest = Array.from({ length: rows - shown }, (): Line => EMPTY_LINE);
  return (
    <Box flexDirection="column" width={width} flexShrink={0}>
      {Array.from({ length: shown }, (_, line) => {
        const index = list.top + line;
        const row = list.rows[index - list.offset];
        const marked = row !== undefined && isMarked(state, row, index);
        const place = { isCursor: index === list.cursor, isMarked: marked, now, accountNames };
        return <ListRow key={line} row={row} columns={columns} look={look} width={width} {...place} />;
      })}
      <Rows lines={rest} look={look} width={width} />
    </Box>
  );
}

import { COLUMNS, DEFAULT_COLUMNS, type ColumnId } from '../../app/columns.ts';
import type { Expr } from '../../domain/filter/ast.ts';

/** A column with its place on the line: where it is and how wide. */
export interface PlacedColumn {
  readonly id: ColumnId;
  readonly width: number;
}

/** Cells before the first column: cursor, mark, space. */
export const GUTTER = 3;
const GAP = 2;

/** The longest finding label is "unused perms", the longest Region "ap-southeast-1". */
const FIXED: Readonly<Partial<Record<ColumnId, number>>> = {
  risk: 4,
  finding: 12,
  account: 12,
  region: 14,
  age: 5,
  status: 8,
};

/** Least width of the two that take what is left, while others can still be folded away. */
const LEAST: Readonly<Partial<Record<ColumnId, number>>> = { resource: 24, who: 18 };

/** The first to go when it gets narrow; those not named always stay. */
const FOLDED_FIRST: readonly ColumnId[] = ['account', 'region', 'age', 'status'];

const RESOURCE_SHARE = 0.58;
/** Kind and its gap stand before the name. */
const MOST_RESOURCE = 72;

const leastWidth = (columns: readonly ColumnId[]): number =>
  GUTTER + GAP * (columns.length - 1) + columns.reduce((sum, id) => sum + (FIXED[id] ?? LEAST[id] ?? 0), 0);

function folded(columns: readonly ColumnId[], width: number): readonly ColumnId[] {
  let left = columns;
  for (const id of FOLDED_FIRST) {
    if (leastWidth(left) <= width) return left;
    left = left.filter((column) => column !== id);
  }
  return left;
}

/** Room for the resource, and for who or what, out of what the fixed columns leave. */
function flexibleWidths(columns: readonly ColumnId[], width: number): Readonly<Record<string, number>> {
  const gaps = GUTTER + GAP * Math.max(0, columns.length - 1);
  const rest = Math.max(0, width - gaps - columns.reduce((sum, id) => sum + (FIXED[id] ?? 0), 0));
  if (!columns.includes('who')) return { resource: rest };
  if (!columns.includes('resource')) return { who: rest };
  const resource = Math.min(MOST_RESOURCE, Math.round(rest * RESOURCE_SHARE));
  return { resource, who: rest - resource };
}

/**
 * Which columns fit a list of this width, and how wide each is. `chosen` is what a view asks for; the status stands
 * there only where it can differ from row to row.
 */
export function placeColumns(
  width: number,
  chosen: readonly ColumnId[] | undefined,
  showsStatus: boolean,
): readonly PlacedColumn[] {
  const natural = showsStatus
    ? ([...DEFAULT_COLUMNS.slice(0, 2), 'status', ...DEFAULT_COLUMNS.slice(2)] as const)
    : DEFAULT_COLUMNS;
  const columns = folded(chosen ?? natural, width);
  const flexible = flexibleWidths(columns, width);
  return columns.map((id) => ({ id, width: FIXED[id] ?? flexible[id] ?? 0 }));
}

const isColumn = (id: string): id is ColumnId => COLUMNS.some((column) => column.id === id);

/** Whether every row that the filter shows has the same status, so that a column for it would say nothing. */
function fixesStatus(filter: Expr): boolean {
  if (filter.kind === 'and') return filter.items.some(fixesStatus);
  return filter.kind === 'match' && filter.key === 'status' && filter.values.length === 1;
}

/** The columns of a list with this filter; `chosen` are ids of columns as a view keeps them. */
export const placeListColumns = (
  width: number,
  chosen: readonly string[] | undefined,
  filter: Expr,
): readonly PlacedColumn[] => placeColumns(width, chosen?.filter(isColumn), !fixesStatus(filter));

import type { Sort } from '../domain/listing.ts';

/** A filter, a sort order and columns under a name. Shipped ones can be hidden by one of the same name. */
export interface SavedView {
  readonly name: string;
  readonly filter: string;
  readonly sort: Sort;
  /** Columns shown, in order; absent: as the width decides. */
  readonly columns?: readonly string[];
  readonly shipped: boolean;
}

/** Name of the view that this filter and sort are; undefined: they are none. */
export const nameOfView = (
  views: readonly SavedView[],
  filter: string,
  { key, descending }: Sort,
): string | undefined =>
  views.find((view) => view.filter === filter && view.sort.key === key && view.sort.descending === descending)
    ?.name;

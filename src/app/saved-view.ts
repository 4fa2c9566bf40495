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

import { DEFAULT_SORT } from '../domain/listing.ts';
import type { Sort } from '../domain/listing.ts';
import type { SavedView } from './saved-view.ts';

const shipped = (name: string, filter: string, sort: Sort = DEFAULT_SORT): SavedView => ({
  name,
  filter,
  sort,
  shipped: true,
});

const NEWEST: Sort = { key: 'updated', descending: true };

/** Views that come with the program. */
export const SHIPPED_VIEWS: readonly SavedView[] = [
  shipped('Active', 'status:active'),
  shipped('Public now', 'status:active public:yes'),
  shipped('Unused keys and passwords', 'status:active type:unused-key,unused-password'),
  shipped('Unused roles', 'status:active type:unused-role'),
  shipped('Unused permissions', 'status:active type:unused-perms'),
  shipped('Internal', 'status:active type:internal'),
  shipped('New since last visit', 'status:active new:yes', NEWEST),
  shipped('Archived', 'status:archived', NEWEST),
  shipped('Errors', 'error:yes'),
];

/** Shipped views first; a saved one of the same name takes its place. */
export function joinViews(saved: readonly SavedView[]): readonly SavedView[] {
  const names = new Set(saved.map((view) => view.name));
  return [...SHIPPED_VIEWS.filter((view) => !names.has(view.name)), ...saved];
}

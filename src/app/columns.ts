/** Columns of the findings list, in their natural order. The first four always fit; the width folds the last away. */
export const COLUMNS = [
  { id: 'risk', title: 'Risk' },
  { id: 'finding', title: 'Finding' },
  { id: 'resource', title: 'Resource' },
  { id: 'who', title: 'Who / what' },
  { id: 'account', title: 'Account' },
  { id: 'region', title: 'Region' },
  { id: 'age', title: 'Age' },
  { id: 'status', title: 'Status' },
] as const;

export type ColumnId = (typeof COLUMNS)[number]['id'];

/** Shown where nobody chose. */
export const DEFAULT_COLUMNS: readonly ColumnId[] = [
  'risk',
  'finding',
  'resource',
  'who',
  'account',
  'region',
  'age',
];

import type { FindingType } from '../finding.ts';
import type { Expr, FilterKey } from './ast.ts';
import { keysAsked } from './keys-asked.ts';

const UNUSED: readonly FindingType[] = [
  'UnusedIAMRole',
  'UnusedIAMUserAccessKey',
  'UnusedIAMUserPassword',
  'UnusedPermission',
];

/** Types of findings of which only the detail (GetFindingV2) answers a key; the rows of ListFindingsV2 do not. */
const TYPES: Partial<Readonly<Record<FilterKey, readonly FindingType[]>>> = {
  used: UNUSED,
  principal: ['InternalAccess'],
  action: ['InternalAccess'],
  condition: ['InternalAccess'],
};

/** Types of which a filter asks what is not known before the detail was fetched. */
export const typesAskedInDetail = (filter: Expr): readonly FindingType[] => [
  ...new Set(keysAsked(filter).flatMap((key) => TYPES[key] ?? [])),
];

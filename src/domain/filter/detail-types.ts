import type { FindingType } from '../finding.ts';
import type { Expr, FilterKey } from './ast.ts';
import { keysAsked } from './keys-asked.ts';
import { typesMatching } from './values.ts';

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

/** Whether findings of a type can pass, as far as the filter speaks of types. */
function mayBe(filter: Expr, type: FindingType): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.items.every((item) => mayBe(item, type));
    case 'or':
      return filter.items.some((item) => mayBe(item, type));
    case 'not':
      return !(filter.item.kind === 'match' && filter.item.key === 'type') || !mayBe(filter.item, type);
    case 'match':
      return filter.key !== 'type' || filter.values.some((value) => typesMatching(value).includes(type));
    default:
      return true;
  }
}

/** Types of which a filter asks what is not known before the detail was fetched. */
export const typesAskedInDetail = (filter: Expr): readonly FindingType[] =>
  [...new Set(keysAsked(filter).flatMap((key) => TYPES[key] ?? []))].filter((type) => mayBe(filter, type));

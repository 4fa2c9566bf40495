import {
  FINDING_STATUSES,
  FINDING_TYPES,
  type FindingStatus,
  type FindingType,
  TYPE_LABELS,
} from '../finding.ts';
import { namesOfKind, RESOURCE_KINDS } from '../resource-kind.ts';
import type { Pattern } from './ast.ts';
import { matchesPattern } from './patterns.ts';

/** The keys whose values are a closed set, and what their values are called. */
const OTHER_TYPE_NAMES: Readonly<Record<FindingType, readonly string[]>> = {
  ExternalAccess: ['external-access'],
  InternalAccess: ['internal-access'],
  UnusedIAMRole: ['unused', 'unused-iam-role'],
  UnusedIAMUserAccessKey: ['unused', 'unused-access-key', 'unused-iam-user-access-key'],
  UnusedIAMUserPassword: ['unused', 'unused-iam-user-password'],
  UnusedPermission: ['unused', 'unused-perm', 'unused-permission', 'unused-permissions'],
};

/** Everything that `type:` knows a finding type by: AWS's name, the label of the list, friendlier spellings. */
export const namesOfType = (type: FindingType): readonly string[] => [
  type,
  TYPE_LABELS[type],
  ...OTHER_TYPE_NAMES[type],
];

const matchesAny = (pattern: Pattern, names: readonly string[]): boolean =>
  names.some((name) => matchesPattern(pattern, name));

/** The finding types that a value of `type:` means. */
export const typesMatching = (pattern: Pattern): readonly FindingType[] =>
  FINDING_TYPES.filter((type) => matchesAny(pattern, namesOfType(type)));

/** The statuses that a value of `status:` means. */
export const statusesMatching = (pattern: Pattern): readonly FindingStatus[] =>
  FINDING_STATUSES.filter((status) => matchesPattern(pattern, status));

/** The resource types of the table that a value of `kind:` means; AWS may have more. */
export const resourceTypesMatching = (pattern: Pattern): readonly string[] =>
  RESOURCE_KINDS.map(({ resourceType }) => resourceType).filter((type) =>
    matchesAny(pattern, namesOfKind(type)),
  );

/** Words for yes and no, in the order in which they are suggested. */
export const FLAG_WORDS: Readonly<Record<string, boolean>> = {
  yes: true,
  no: false,
  true: true,
  false: false,
  on: true,
  off: false,
};

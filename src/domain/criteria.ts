import type { AnalyzerKind } from './analyzer.ts';
import type { Criteria, Criterion } from './archive-rule.ts';
import { FINDING_STATUSES, FINDING_TYPES, type Finding } from './finding.ts';
import { RESOURCE_KINDS } from './resource-kind.ts';

/** A key of list filters and archive rules. */
export interface CriteriaKey {
  readonly key: string;
  /** `list`: refused in a rule. */
  readonly use: 'list' | 'list-and-rule';
  /** The only values that can match, where the set is closed. The service itself does not check them. */
  readonly values?: readonly string[];
  /** false: AWS does not document the key; the service may refuse it. */
  readonly confirmed: boolean;
}

const key = (name: string, options: Partial<Omit<CriteriaKey, 'key'>> = {}): CriteriaKey => ({
  key: name,
  use: 'list-and-rule',
  confirmed: true,
  ...options,
});

const conditionKey = (name: string, confirmed = true): CriteriaKey => key(`condition.${name}`, { confirmed });

/** IAM User Guide, "Archive rules" and "IAM Access Analyzer filter keys". A person may use keys that are not here. */
export const CRITERIA_KEYS: readonly CriteriaKey[] = [
  key('resource'),
  key('resourceType', { values: RESOURCE_KINDS.map(({ resourceType }) => resourceType) }),
  key('resourceOwnerAccount'),
  key('isPublic', { values: ['true', 'false'] }),
  key('findingType', { values: FINDING_TYPES }),
  key('error', { values: ['ACCESS_DENIED', 'INTERNAL_ERROR'] }),
  key('resourceControlPolicyRestriction', {
    values: ['APPLICABLE', 'FAILED_TO_EVALUATE_RCP', 'NOT_APPLICABLE', 'APPLIED'],
  }),
  key('principal.AWS'),
  key('principal.Federated'),
  key('principal.CanonicalUser', { confirmed: false }),
  conditionKey('aws:PrincipalArn'),
  conditionKey('aws:PrincipalOrgID'),
  conditionKey('aws:PrincipalOrgPaths'),
  conditionKey('aws:SourceIp'),
  conditionKey('aws:SourceVpc'),
  conditionKey('aws:SourceVpce', false),
  conditionKey('aws:SourceAccount', false),
  conditionKey('aws:SourceArn', false),
  conditionKey('aws:UserId'),
  conditionKey('cognito-identity.amazonaws.com:aud'),
  conditionKey('graph.facebook.com:app_id'),
  conditionKey('accounts.google.com:aud'),
  conditionKey('kms:CallerAccount'),
  conditionKey('www.amazon.com:app_id'),
  key('status', { use: 'list', values: FINDING_STATUSES }),
  key('id', { use: 'list' }),
];

/** What criteria can look at. */
export type CriteriaFacts = Pick<
  Finding,
  | 'id'
  | 'status'
  | 'resource'
  | 'resourceType'
  | 'resourceOwnerAccount'
  | 'findingType'
  | 'error'
  | 'isPublic'
  | 'principal'
  | 'condition'
  | 'resourceControlPolicyRestriction'
>;

/** Condition keys and principal types are named without regard to case (IAM User Guide, "Condition element"). */
function lookUp(map: Readonly<Record<string, string>> | undefined, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(map ?? {}).find(([each]) => each.toLowerCase() === wanted)?.[1];
}

const PLAIN_FACTS: Readonly<Record<string, (facts: CriteriaFacts) => string | undefined>> = {
  id: (facts) => facts.id,
  status: (facts) => facts.status,
  resource: (facts) => facts.resource,
  resourceType: (facts) => facts.resourceType,
  resourceOwnerAccount: (facts) => facts.resourceOwnerAccount,
  findingType: (facts) => facts.findingType,
  error: (facts) => facts.error,
  isPublic: (facts) => (facts.isPublic === undefined ? undefined : String(facts.isPublic)),
  resourceControlPolicyRestriction: (facts) => facts.resourceControlPolicyRestriction,
};

/** The value a key stands for; undefined: the finding has none, or the key is not known here. */
export function criteriaValue(name: string, facts: CriteriaFacts): string | undefined {
  if (name.startsWith('principal.')) return lookUp(facts.principal, name.slice('principal.'.length));
  if (name.startsWith('condition.')) return lookUp(facts.condition, name.slice('condition.'.length));
  return Object.hasOwn(PLAIN_FACTS, name) ? PLAIN_FACTS[name]?.(facts) : undefined;
}

/** Everything a criterion says must hold; a missing value equals and contains nothing. */
function matchesCriterion(criterion: Criterion, value: string | undefined): boolean {
  const { eq, neq, contains, exists } = criterion;
  if (exists !== undefined && exists !== (value !== undefined)) return false;
  if (eq !== undefined && (value === undefined || !eq.includes(value))) return false;
  if (neq !== undefined && value !== undefined && neq.includes(value)) return false;
  return contains === undefined || (value !== undefined && contains.some((part) => value.includes(part)));
}

/**
 * Whether a list filter or archive rule means the finding: keys are ANDed, the values of one key are ORed (`neq`: none
 * of them). Values are compared exactly, case included. Criteria without keys match everything.
 */
export const matchesCriteria = (criteria: Criteria, facts: CriteriaFacts): boolean =>
  Object.entries(criteria).every(([name, criterion]) =>
    matchesCriterion(criterion, criteriaValue(name, facts)),
  );

/** The one type of finding that analyzers of a kind have. */
const ONLY_TYPE: Partial<Readonly<Record<AnalyzerKind, string>>> = {
  external: 'ExternalAccess',
  internal: 'InternalAccess',
};

/**
 * The same criteria without a finding type that all findings of such an analyzer have: AWS takes `findingType` for unused
 * access only (IAM User Guide, "IAM Access Analyzer filter keys"), and may refuse it or match nothing elsewhere.
 */
export function withoutIdleType(criteria: Criteria, kind: AnalyzerKind): Criteria {
  const { findingType, ...rest } = criteria;
  const only = ONLY_TYPE[kind];
  const saysNothing =
    only !== undefined && findingType?.eq?.includes(only) === true && matchesCriterion(findingType, only);
  return saysNothing ? rest : criteria;
}

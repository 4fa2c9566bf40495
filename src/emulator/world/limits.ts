import { conditionHolds, readOperator } from './conditions.ts';
import type { Condition } from './policy.ts';
import { accountOf, type Zone } from './zone.ts';

/**
 * What conditions make of a grant: who is left that could use it. Only keys that say who is asking, or from where,
 * limit anybody (IAM User Guide, "Access Analyzer filter keys"); `aws:SecureTransport` and the like do not.
 */
export interface Limits {
  /** Nobody outside the zone of trust is left. */
  readonly insideOnly: boolean;
  /** Not everybody is left. */
  readonly limited: boolean;
  /** The finding's condition: key → values, joined. */
  readonly shown: Readonly<Record<string, string>>;
}

interface LimitingKey {
  /** As findings write it. */
  readonly name: string;
  /** Whether a request with this value comes from the zone. */
  readonly isInside?: (value: string, zone: Zone) => boolean;
  /** A value that limits nobody. */
  readonly isOpen?: (value: string) => boolean;
}

const inZone = (value: string, zone: Zone): boolean => {
  const account = accountOf(value);
  return account !== undefined && zone.accounts.has(account);
};

const KEYS: readonly LimitingKey[] = [
  { name: 'aws:PrincipalOrgID', isInside: (value, zone) => value === zone.organizationId },
  {
    name: 'aws:PrincipalOrgPaths',
    isInside: (value, zone) =>
      zone.organizationId !== undefined && value.startsWith(`${zone.organizationId}/`),
  },
  { name: 'aws:SourceOrgID', isInside: (value, zone) => value === zone.organizationId },
  { name: 'aws:PrincipalAccount', isInside: inZone },
  { name: 'aws:PrincipalArn', isInside: inZone },
  { name: 'aws:SourceAccount', isInside: inZone },
  { name: 'aws:SourceOwner', isInside: inZone },
  { name: 'aws:SourceArn', isInside: inZone },
  { name: 'kms:CallerAccount', isInside: inZone },
  { name: 's3:DataAccessPointAccount', isInside: inZone },
  { name: 'aws:SourceIp', isOpen: (value) => value === '0.0.0.0/0' || value === '::/0' },
  { name: 'aws:SourceVpc' },
  { name: 'aws:SourceVpce' },
  { name: 'aws:UserId' },
  { name: 'sts:ExternalId' },
];

/** Keys of identity providers, e.g. `token.actions.githubusercontent.com:sub`. */
const PROVIDER_KEY = /^[a-z0-9.-]+\.[a-z]{2,}(\/[\w/.-]+)?:(aud|sub|amr|app_id|iss)$/i;

function limitingKey(key: string): LimitingKey | undefined {
  const known = KEYS.find(({ name }) => name.toLowerCase() === key.toLowerCase());
  return known ?? (PROVIDER_KEY.test(key) ? { name: key } : undefined);
}

interface Limit {
  readonly key: LimitingKey;
  readonly values: readonly string[];
}

const isEverything = (value: string): boolean => /^\*+$/.test(value);

function toLimit(condition: Condition): readonly Limit[] {
  const { negated, passesWhenAbsent } = readOperator(condition.operator);
  const key = limitingKey(condition.key);
  if (key === undefined || negated || passesWhenAbsent) return [];
  const open = condition.values.some((value) => isEverything(value) || key.isOpen?.(value) === true);
  return open ? [] : [{ key, values: condition.values }];
}

/** A shared secret in a trust policy: shown, but it keeps out only those who do not know it. */
const limits = (limit: Limit): boolean => limit.key.name !== 'sts:ExternalId';

export function readLimits(conditions: readonly Condition[], zone: Zone): Limits {
  const found = conditions.flatMap(toLimit);
  return {
    insideOnly: found.some(({ key, values }) =>
      values.every((value) => key.isInside?.(value, zone) === true),
    ),
    limited: found.some(limits),
    shown: Object.fromEntries(found.map(({ key, values }) => [key.name, values.join(', ')])),
  };
}

/** Whether the analyzer's own service-linked role, asking from the service, meets all of these. */
export function analyzerMeets(
  conditions: readonly Condition[],
  account: string,
  organizationId: string,
): boolean {
  const context = new Map([
    ['aws:principalaccount', account],
    ['aws:principalorgid', organizationId],
    ['aws:securetransport', 'true'],
    [
      'aws:principalarn',
      `arn:aws:iam::${account}:role/aws-service-role/access-analyzer.amazonaws.com/AWSServiceRoleForAccessAnalyzer`,
    ],
  ]);
  return conditions.every((condition) => conditionHolds(condition, context));
}

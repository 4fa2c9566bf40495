import { createHash } from 'node:crypto';
import type { UnusedPermissionDetail, UnusedService } from '../../domain/finding.ts';
import { namespaceOf, trackedActionsOf } from './action-catalogue.ts';
import type { AnalyzerView, WorldFinding } from './finding.ts';
import { grantedActions } from './granted-actions.ts';
import { isServiceLinked } from './identity-policies.ts';
import type { Account, Identity, Role, User, World } from './model.ts';
import { accountsInZone, zoneOf } from './zone.ts';

const DAY = 86_400_000;
/** The service's own default (CreateAnalyzer, `unusedAccessAge`). */
const DEFAULT_AGE = 90;

/** The tracking period of an analyzer, at one moment. */
export interface Period {
  readonly length: number;
  /** Uses before this do not count. */
  readonly start: number;
  readonly analyzerCreatedAt: number;
}

function periodOf(world: World, analyzer: AnalyzerView): Period {
  const length = (analyzer.unusedAccessAge ?? DEFAULT_AGE) * DAY;
  return { length, start: world.clock.now - length, analyzerCreatedAt: analyzer.createdAt };
}

const isUnused = (lastUsed: number | undefined, createdAt: number, period: Period): boolean =>
  (lastUsed ?? createdAt) < period.start;

/** What every finding about an identity has; the cause arose when the period ended without a use. */
function base(identity: Identity, lastUsed: number | undefined, period: Period) {
  return {
    resource: identity.arn,
    resourceType: identity.kind === 'role' ? 'AWS::IAM::Role' : 'AWS::IAM::User',
    resourceOwnerAccount: identity.account,
    createdAt: Math.max((lastUsed ?? identity.createdAt) + period.length, period.analyzerCreatedAt),
  };
}

const lastAccess = (lastUsed: number | undefined): { lastAccessed?: number } =>
  lastUsed === undefined ? {} : { lastAccessed: lastUsed };

function unusedRole(role: Role, period: Period): WorldFinding {
  return {
    key: JSON.stringify(['unused-role', role.uniqueId]),
    findingType: 'UnusedIAMRole',
    ...base(role, role.lastUsed?.at, period),
    detail: { kind: 'unused-role', ...lastAccess(role.lastUsed?.at) },
  };
}

/** An inactive key can no longer be used, so it is not reported. */
function unusedKeys(user: User, period: Period): readonly WorldFinding[] {
  return user.accessKeys
    .filter((key) => key.status === 'Active' && isUnused(key.lastUsed?.at, key.createdAt, period))
    .map((key) => ({
      key: JSON.stringify(['unused-key', key.id]),
      findingType: 'UnusedIAMUserAccessKey',
      ...base(user, key.lastUsed?.at ?? key.createdAt, period),
      detail: { kind: 'unused-key', accessKeyId: key.id, ...lastAccess(key.lastUsed?.at) },
    }));
}

function unusedPassword(user: User, period: Period): readonly WorldFinding[] {
  const profile = user.loginProfile;
  if (profile === undefined || !isUnused(profile.lastUsed, profile.createdAt, period)) return [];
  return [
    {
      // Not the time itself: a demo that starts anew tomorrow has the same findings.
      key: JSON.stringify(['unused-password', user.uniqueId, profile.createdAt - user.createdAt]),
      findingType: 'UnusedIAMUserPassword',
      ...base(user, profile.lastUsed ?? profile.createdAt, period),
      detail: { kind: 'unused-password', ...lastAccess(profile.lastUsed) },
    },
  ];
}

/** The unused part of one service's granted actions; undefined where all of it is in use. */
function unusedService(
  identity: Identity,
  namespace: string,
  granted: readonly string[],
  period: Period,
): UnusedService | undefined {
  const usage = identity.usage.get(namespace);
  const service = { serviceNamespace: namespace, ...lastAccess(usage?.lastUsed) };
  if ((usage?.lastUsed ?? 0) < period.start) return service;
  const tracked = new Set(trackedActionsOf(namespace));
  const actions = granted
    .filter((action) => tracked.has(action) && (usage?.actions.get(action) ?? 0) < period.start)
    .map((action) => ({ action, ...lastAccess(usage?.actions.get(action)) }));
  return actions.length === 0 ? undefined : { ...service, actions };
}

/** Services and actions that an identity is allowed but has not used within the period, by service. */
function unusedServices(
  identity: Identity,
  granted: readonly string[],
  period: Period,
): readonly UnusedService[] {
  return [...new Set(granted.map(namespaceOf))].flatMap((namespace) => {
    const ofService = granted.filter((action) => namespaceOf(action) === namespace);
    return unusedService(identity, namespace, ofService, period) ?? [];
  });
}

function unusedPermissions(world: World, identity: Identity, period: Period): readonly WorldFinding[] {
  const granted = grantedActions(world, identity);
  const services = unusedServices(identity, granted, period);
  if (services.length === 0) return [];
  const detail: UnusedPermissionDetail = { kind: 'unused-permission', services };
  const fingerprint = createHash('sha256').update(granted.join()).digest('hex').slice(0, 16);
  return [
    {
      key: JSON.stringify(['unused-permission', identity.uniqueId, fingerprint]),
      findingType: 'UnusedPermission',
      ...base(identity, undefined, period),
      detail,
    },
  ];
}

function findingsOfRole(world: World, role: Role, period: Period): readonly WorldFinding[] {
  if (isServiceLinked(role)) return [];
  // A role that nobody uses is one finding, not one more for each of its permissions.
  if (isUnused(role.lastUsed?.at, role.createdAt, period)) return [unusedRole(role, period)];
  return role.createdAt < period.start ? unusedPermissions(world, role, period) : [];
}

function findingsOfUser(world: World, user: User, period: Period): readonly WorldFinding[] {
  const credentials = [...unusedPassword(user, period), ...unusedKeys(user, period)];
  return user.createdAt < period.start
    ? [...credentials, ...unusedPermissions(world, user, period)]
    : credentials;
}

const hasTags = (identity: Identity, tags: Readonly<Record<string, string>>): boolean =>
  Object.entries(tags).every(([key, value]) => identity.tags[key] === value);

function isExcluded(identity: Identity, analyzer: AnalyzerView): boolean {
  return (analyzer.exclusions ?? []).some(
    ({ accountIds, resourceTags }) =>
      accountIds?.includes(identity.account) === true ||
      resourceTags?.some((tags) => hasTags(identity, tags)) === true,
  );
}

function* identitiesOf(accounts: readonly Account[], analyzer: AnalyzerView): Iterable<Identity> {
  for (const account of accounts) {
    for (const identity of [...account.roles.values(), ...account.users.values()]) {
      if (!isExcluded(identity, analyzer)) yield identity;
    }
  }
}

/** Roles, keys, passwords and permissions that nobody used within the analyzer's tracking period. */
export function* deriveUnused(world: World, analyzer: AnalyzerView): Iterable<WorldFinding> {
  const period = periodOf(world, analyzer);
  for (const identity of identitiesOf(accountsInZone(world, zoneOf(world, analyzer)), analyzer)) {
    yield* identity.kind === 'role'
      ? findingsOfRole(world, identity, period)
      : findingsOfUser(world, identity, period);
  }
}

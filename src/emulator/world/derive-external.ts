import type { FindingSource as AccessSource } from '../../domain/finding.ts';
import { type Access, accessByGrants, accessByPolicy, accessBySharing, namespaceOfType } from './access.ts';
import { analysisErrorOf } from './analysis-error.ts';
import { accessToBucket } from './bucket-access.ts';
import type { AnalyzerView, WorldFinding } from './finding.ts';
import { readLimits } from './limits.ts';
import type { Account, Resource, Role, World } from './model.ts';
import { rcpRestriction } from './organization.ts';
import { accountsInZone, isInside, toFindingPrincipal, type Zone, zoneOf } from './zone.ts';

/** What is looked at: a resource or a role, in one shape. */
interface Subject {
  readonly arn: string;
  readonly type: Resource['type'] | 'AWS::IAM::Role';
  readonly account: string;
  readonly updatedAt: number;
  readonly access: readonly Access[];
  readonly error?: string;
}

const WEB_PROVIDERS =
  /^(accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com|cognito-identity\.amazonaws\.com)$|oidc-provider\/token\.actions\.githubusercontent\.com$/;

/** Open to anyone: everyone, or everyone with an account at a public identity provider. */
function isPublicAccess({ principal, conditions }: Access, zone: Zone): boolean {
  const anyone =
    principal.value === '*' || (principal.type === 'Federated' && WEB_PROVIDERS.test(principal.value));
  return anyone && !readLimits(conditions, zone).limited;
}

function accessTo(resource: Resource, account: Account, zone: Zone): readonly Access[] {
  const byPolicy = (): readonly Access[] =>
    resource.policy === undefined
      ? []
      : accessByPolicy(resource.policy, resource.arn, namespaceOfType(resource.type));
  switch (resource.type) {
    case 'AWS::S3::Bucket':
      return accessToBucket(resource, account.publicAccessBlock, (access) => isPublicAccess(access, zone));
    case 'AWS::KMS::Key':
      return [...byPolicy(), ...accessByGrants(resource)];
    case 'AWS::EC2::Snapshot':
    case 'AWS::RDS::DBSnapshot':
    case 'AWS::RDS::DBClusterSnapshot':
      return accessBySharing(resource);
    default:
      return byPolicy();
  }
}

function subjectOfResource(
  resource: Resource,
  account: Account,
  zone: Zone,
  organizationId: string,
): Subject {
  const { arn, type, updatedAt } = resource;
  const error = analysisErrorOf(resource, organizationId);
  const access = error === undefined ? accessTo(resource, account, zone) : [];
  return { arn, type, account: account.id, updatedAt, access, ...(error === undefined ? {} : { error }) };
}

const subjectOfRole = (role: Role): Subject => ({
  arn: role.arn,
  type: 'AWS::IAM::Role',
  account: role.account,
  updatedAt: role.trustUpdatedAt,
  access: accessByPolicy(role.trustPolicy, role.arn, 'sts'),
});

/** Roles are global: every external analyzer looks at them, whatever its Region. */
function* subjectsOf(world: World, analyzer: AnalyzerView, zone: Zone): Iterable<Subject> {
  for (const account of accountsInZone(world, zone)) {
    for (const role of account.roles.values()) yield subjectOfRole(role);
    for (const resource of account.resources.values()) {
      if (resource.region === analyzer.region)
        yield subjectOfResource(resource, account, zone, world.organizationId);
    }
  }
}

/** Access that makes one finding: the same principal under the same conditions. */
interface Grouped {
  readonly principal: Readonly<Record<string, string>>;
  readonly condition: Readonly<Record<string, string>>;
  readonly isPublic: boolean;
  readonly actions: Set<string>;
  readonly sources: Map<string, AccessSource>;
}

function groupAccess(subject: Subject, zone: Zone): Iterable<Grouped> {
  const groups = new Map<string, Grouped>();
  for (const access of subject.access) {
    const { insideOnly, shown } = readLimits(access.conditions, zone);
    if (insideOnly || isInside(access.principal, zone)) continue;
    const { type, value } = toFindingPrincipal(access.principal);
    const isPublic = isPublicAccess(access, zone);
    const key = JSON.stringify([type, value, isPublic, Object.entries(shown).sort()]);
    const group = groups.get(key) ?? {
      principal: { [type]: value },
      condition: shown,
      isPublic,
      actions: new Set(),
      sources: new Map(),
    };
    groups.set(key, group);
    group.actions.add(access.action);
    if (access.source) group.sources.set(JSON.stringify(access.source), access.source);
  }
  return groups.values();
}

function toFinding(subject: Subject, group: Grouped, world: World, analyzer: AnalyzerView): WorldFinding {
  const facts = {
    isPublic: group.isPublic,
    principal: group.principal,
    action: [...group.actions].sort(),
    condition: group.condition,
    ...(group.sources.size === 0 ? {} : { sources: [...group.sources.values()] }),
    resourceControlPolicyRestriction: rcpRestriction(world, subject.account, subject.type),
  };
  return {
    key: JSON.stringify(['external', subject.arn, facts]),
    findingType: 'ExternalAccess',
    resource: subject.arn,
    resourceType: subject.type,
    resourceOwnerAccount: subject.account,
    createdAt: Math.max(subject.updatedAt, analyzer.createdAt),
    ...facts,
    detail: { kind: 'external', ...facts },
  };
}

function toErrorFinding(subject: Subject, error: string, analyzer: AnalyzerView): WorldFinding {
  return {
    key: JSON.stringify(['external', subject.arn, error]),
    findingType: 'ExternalAccess',
    resource: subject.arn,
    resourceType: subject.type,
    resourceOwnerAccount: subject.account,
    createdAt: Math.max(subject.updatedAt, analyzer.createdAt),
    error,
    detail: { kind: 'external' },
  };
}

function* findingsOfSubject(
  subject: Subject,
  zone: Zone,
  world: World,
  analyzer: AnalyzerView,
): Iterable<WorldFinding> {
  if (subject.error !== undefined) yield toErrorFinding(subject, subject.error, analyzer);
  for (const group of groupAccess(subject, zone)) yield toFinding(subject, group, world, analyzer);
}

/** Access from outside the zone of trust. */
export function* deriveExternal(world: World, analyzer: AnalyzerView): Iterable<WorldFinding> {
  const zone = zoneOf(world, analyzer);
  for (const subject of subjectsOf(world, analyzer, zone))
    yield* findingsOfSubject(subject, zone, world, analyzer);
}

/** The same for one resource, without looking at any other. */
export function* deriveExternalOf(world: World, analyzer: AnalyzerView, arn: string): Iterable<WorldFinding> {
  const zone = zoneOf(world, analyzer);
  for (const account of accountsInZone(world, zone)) {
    const resource = account.resources.get(arn);
    const role = account.roles.get(arn.slice(arn.lastIndexOf('/') + 1));
    if (resource !== undefined && resource.region === analyzer.region) {
      yield* findingsOfSubject(
        subjectOfResource(resource, account, zone, world.organizationId),
        zone,
        world,
        analyzer,
      );
    } else if (role?.arn === arn) {
      yield* findingsOfSubject(subjectOfRole(role), zone, world, analyzer);
    }
  }
}

import { actionsOnType, namespaceOfType } from './access.ts';
import { conditionHolds, type RequestContext } from './conditions.ts';
import type { AnalysisInclusion, AnalyzerView, WorldFinding } from './finding.ts';
import { boundaryOf, isServiceLinked, statementsOf } from './identity-policies.ts';
import type { Account, Identity, Resource, World } from './model.ts';
import { rcpRestriction, scpRestriction } from './organization.ts';
import { coversAction, coversResource, parsePolicy, type Statement } from './policy.ts';
import { accountOf, accountsInZone, zoneOf } from './zone.ts';

/** What internal access analyzers look at (IAM User Guide, "Internal access analyzers"). */
const TYPES: ReadonlySet<Resource['type']> = new Set([
  'AWS::S3::Bucket',
  'AWS::S3Express::DirectoryBucket',
  'AWS::DynamoDB::Table',
  'AWS::RDS::DBSnapshot',
  'AWS::RDS::DBClusterSnapshot',
]);

const allows = (list: readonly string[] | undefined, value: string): boolean =>
  list === undefined || list.includes(value);

function isIncluded(resource: Resource, inclusions: readonly AnalysisInclusion[]): boolean {
  return inclusions.some(
    ({ accountIds, resourceTypes, resourceArns }) =>
      allows(accountIds, resource.account) &&
      allows(resourceTypes, resource.type) &&
      allows(resourceArns, resource.arn),
  );
}

function isLookedAt(resource: Resource, analyzer: AnalyzerView): boolean {
  return (
    resource.region === analyzer.region &&
    TYPES.has(resource.type) &&
    isIncluded(resource, analyzer.inclusions ?? [])
  );
}

/** An identity with its policies read once, for all of the resources. */
interface Candidate {
  readonly identity: Identity;
  readonly statements: readonly Statement[];
  readonly boundary: readonly Statement[] | undefined;
  readonly context: RequestContext;
}

function toCandidate(world: World, identity: Identity): Candidate {
  return {
    identity,
    statements: statementsOf(world, identity),
    boundary: boundaryOf(world, identity),
    context: new Map([
      ['aws:principalarn', identity.arn],
      ['aws:principalaccount', identity.account],
      ['aws:principalorgid', world.organizationId],
      ['aws:securetransport', 'true'],
    ]),
  };
}

function candidatesOf(world: World, accounts: readonly Account[]): readonly Candidate[] {
  return accounts
    .flatMap((account) => [...account.roles.values(), ...account.users.values()])
    .filter((identity) => !isServiceLinked(identity))
    .map((identity) => toCandidate(world, identity));
}

/** Whether a resource-based statement names the identity itself, its account, or everyone. */
function names(statement: Statement, identity: Identity): 'identity' | 'account' | undefined {
  if (statement.principals === undefined) return undefined;
  const { values } = statement.principals;
  if (values.some(({ value }) => value === '*' || value === identity.arn)) return 'identity';
  return values.some(({ value }) => accountOf(value) === identity.account && !/:(role|user)\//.test(value))
    ? 'account'
    : undefined;
}

/** One question: may this identity take this action on the resource? */
class Question {
  readonly action: string;
  readonly candidate: Candidate;
  readonly resource: Resource;

  constructor(action: string, candidate: Candidate, resource: Resource) {
    this.action = action;
    this.candidate = candidate;
    this.resource = resource;
  }

  private concerns(statement: Statement): boolean {
    return (
      coversAction(statement, this.action) &&
      coversResource(statement, this.resource.arn) &&
      statement.conditions.every((condition) => conditionHolds(condition, this.candidate.context))
    );
  }

  private some(statements: readonly Statement[], effect: Statement['effect']): boolean {
    return statements.some((statement) => statement.effect === effect && this.concerns(statement));
  }

  /** IAM's evaluation logic: a Deny anywhere wins; another account's resource needs both sides to allow. */
  answer(resourcePolicy: readonly Statement[]): boolean {
    const { identity, statements, boundary } = this.candidate;
    const naming = resourcePolicy.filter((statement) => names(statement, identity) !== undefined);
    if ([...statements, ...(boundary ?? []), ...naming].some((s) => s.effect === 'Deny' && this.concerns(s)))
      return false;
    const byIdentity =
      this.some(statements, 'Allow') && (boundary === undefined || this.some(boundary, 'Allow'));
    const byResource = this.some(naming, 'Allow');
    if (identity.account !== this.resource.account) return byIdentity && byResource;
    return (
      byIdentity ||
      this.some(
        naming.filter((s) => names(s, identity) === 'identity'),
        'Allow',
      )
    );
  }
}

function toFinding(
  world: World,
  analyzer: AnalyzerView,
  access: { candidate: Candidate; resource: Resource; action: readonly string[] },
): WorldFinding {
  const { candidate, resource, action } = access;
  const { identity } = candidate;
  const facts = {
    principal: { AWS: identity.arn },
    action,
    condition: {},
    resourceControlPolicyRestriction: rcpRestriction(world, resource.account, resource.type),
  };
  return {
    key: JSON.stringify(['internal', resource.arn, identity.arn, action]),
    findingType: 'InternalAccess',
    resource: resource.arn,
    resourceType: resource.type,
    resourceOwnerAccount: resource.account,
    createdAt: Math.max(identity.createdAt, resource.updatedAt, analyzer.createdAt),
    ...facts,
    detail: {
      kind: 'internal',
      accessType: identity.account === resource.account ? 'INTRA_ACCOUNT' : 'INTRA_ORG',
      principalOwnerAccount: identity.account,
      principalType: identity.kind === 'role' ? 'IAM_ROLE' : 'IAM_USER',
      serviceControlPolicyRestriction: scpRestriction(
        world,
        identity.account,
        namespaceOfType(resource.type),
      ),
      ...facts,
    },
  };
}

/** Who inside the organization (or account) can reach the resources that the analyzer names. */
export function* deriveInternal(world: World, analyzer: AnalyzerView): Iterable<WorldFinding> {
  const accounts = accountsInZone(world, zoneOf(world, analyzer));
  const candidates = candidatesOf(world, accounts);
  for (const resource of accounts.flatMap((account) => [...account.resources.values()])) {
    if (!isLookedAt(resource, analyzer)) continue;
    const policy = resource.policy === undefined ? [] : parsePolicy(resource.policy).statements;
    for (const candidate of candidates) {
      const action = actionsOnType(resource.type).filter((name) =>
        new Question(name, candidate, resource).answer(policy),
      );
      if (action.length > 0) yield toFinding(world, analyzer, { candidate, resource, action });
    }
  }
}

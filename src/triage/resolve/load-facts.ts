import { parseArn } from '../../domain/arn.ts';
import type { Identity, IamCell, IamStates, LoginProfileState, RoleState } from '../../domain/iam/cell.ts';
import type { FindingDetail } from '../../domain/finding.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import { ProblemError } from '../../domain/problem.ts';
import type { Recommendation } from '../../domain/recommendation.ts';
import { identityOf, loadRecommendation } from '../recommend/load-recommendation.ts';
import type { FixPlace } from './fix.ts';
import type { KeyFacts } from './plan-key.ts';
import type { PasswordFacts } from './plan-password.ts';
import type { PermissionFacts } from './plan-permissions.ts';
import type { RoleFacts } from './plan-role.ts';
import type { TrustFacts } from './plan-trust.ts';
import { recommendedName } from './policy-name.ts';
import type { IamReader, PrepareDeps } from './ports.ts';

/** What IAM has right now, as the plans need it. Each throws ProblemError; what is gone is kind `not-found`. */

function open(finding: StoredFinding, place: FixPlace, { gateway }: PrepareDeps): IamReader {
  return gateway.iam({ profile: finding.profile, ...place });
}

function needIdentity(finding: StoredFinding): Identity {
  const identity = identityOf(finding);
  if (identity !== undefined) return identity;
  throw new ProblemError({ kind: 'invalid', message: `${finding.resource} is neither a role nor a user.` });
}

const gone = (what: string): ProblemError =>
  new ProblemError({ kind: 'not-found', message: `The ${what} does not exist.` });

/** The detail, from the store or from AWS. */
async function needDetail(
  finding: StoredFinding,
  { gateway, signal }: PrepareDeps,
): Promise<FindingDetail | undefined> {
  return finding.detail ?? (await gateway.at(finding).getFinding(finding, signal))?.detail;
}

export async function loadKeyFacts(
  finding: StoredFinding,
  place: FixPlace,
  deps: PrepareDeps,
): Promise<KeyFacts> {
  const { name: userName } = needIdentity(finding);
  const detail = await needDetail(finding, deps);
  const accessKeyId = detail?.kind === 'unused-key' ? detail.accessKeyId : finding.accessKeyId;
  if (accessKeyId === undefined) throw gone('access key of the finding');
  const iam = open(finding, place, deps);
  const cell: IamCell = { kind: 'access-key', userName, accessKeyId };
  const status = (await iam.read(cell, deps.signal)) as IamStates['access-key'] | null;
  if (status === null) throw gone(`access key ${accessKeyId}`);
  return { userName, accessKeyId, status, lastUse: await iam.lastUse(cell, deps.signal) };
}

export async function loadPasswordFacts(
  finding: StoredFinding,
  place: FixPlace,
  deps: PrepareDeps,
): Promise<PasswordFacts> {
  const { name: userName } = needIdentity(finding);
  const iam = open(finding, place, deps);
  const cell: IamCell = { kind: 'login-profile', userName };
  const state = (await iam.read(cell, deps.signal)) as LoginProfileState | null;
  if (state === null) throw gone(`password of ${userName}`);
  const detail = await needDetail(finding, deps);
  const said = detail?.kind === 'unused-password' ? detail.lastAccessed : undefined;
  return { userName, state, lastUse: (await iam.lastUse(cell, deps.signal)) ?? said };
}

export async function loadRoleFacts(
  finding: StoredFinding,
  place: FixPlace,
  deps: PrepareDeps,
): Promise<RoleFacts> {
  const identity = needIdentity(finding);
  const { name: roleName } = identity;
  const iam = open(finding, place, deps);
  const cell: IamCell = { kind: 'role', roleName };
  const state = (await iam.read(cell, deps.signal)) as RoleState | null;
  if (state === null) throw gone(`role ${roleName}`);
  const {
    inlinePolicies: names,
    attachedPolicies,
    instanceProfiles,
  } = await iam.inventory(identity, deps.signal);
  const inlinePolicies = [];
  for (const name of names) {
    const document = await iam.read({ kind: 'inline-policy', identity, policyName: name }, deps.signal);
    if (typeof document === 'string') inlinePolicies.push({ name, document });
  }
  const lastUse = await iam.lastUse(cell, deps.signal);
  return { roleName, state, inlinePolicies, attachedPolicies, instanceProfiles, lastUse };
}

export async function loadTrustFacts(
  finding: StoredFinding,
  place: FixPlace,
  deps: PrepareDeps,
): Promise<TrustFacts> {
  const { name: roleName } = needIdentity(finding);
  const trustPolicy = await open(finding, place, deps).read({ kind: 'trust-policy', roleName }, deps.signal);
  if (typeof trustPolicy !== 'string') throw gone(`role ${roleName}`);
  return { roleName, trustPolicy, organizationId: deps.organizationId };
}

export async function loadPermissionFacts(
  finding: StoredFinding,
  place: FixPlace,
  deps: PrepareDeps,
): Promise<PermissionFacts> {
  const loaded = await loadRecommendation(finding, place, deps);
  if (!loaded.ok) throw new ProblemError(loaded.problem);
  return loadFactsFor(finding, loaded.value, place, deps);
}

/** The same for a recommendation that is there already. */
export async function loadFactsFor(
  finding: StoredFinding,
  recommendation: Recommendation,
  place: FixPlace,
  deps: PrepareDeps,
): Promise<PermissionFacts> {
  const identity = needIdentity(finding);
  const iam = open(finding, place, deps);
  const partition = parseArn(finding.resource)?.partition ?? 'aws';
  const { inlinePolicies, attachedPolicies } = await iam.inventory(identity, deps.signal);
  const taken = await findTakenNames(recommendation, { identity, partition, account: place.account }, iam);
  return {
    identity,
    partition,
    recommendation,
    takenNames: new Set([...inlinePolicies, ...taken]),
    attached: attachedPolicies.length,
  };
}

interface Naming {
  readonly identity: Identity;
  readonly partition: string;
  readonly account: string;
}

/** Numbers tried for the name of a new policy. */
const TRIES = 9;

/** Which of the names that new customer managed policies would get are there already. */
async function findTakenNames(
  { changes }: Recommendation,
  { identity, partition, account }: Naming,
  iam: IamReader,
): Promise<readonly string[]> {
  const taken: string[] = [];
  for (const { name, source, step } of changes) {
    if (source === 'inline' || step.recommendedPolicy === undefined) continue;
    for (let number = 1; number <= TRIES; number += 1) {
      const wish = recommendedName(name, identity, number);
      const policyArn = `arn:${partition}:iam::${account}:policy/${wish}`;
      if ((await iam.read({ kind: 'managed-policy', policyArn })) === null) break;
      taken.push(wish);
    }
  }
  return taken;
}

import { parseArn } from '../../domain/arn.ts';
import type { Identity } from '../../domain/iam/cell.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import { diffPolicies } from '../../domain/policy/diff.ts';
import { parsePolicyDocument, type PolicyDocument } from '../../domain/policy/document.ts';
import { fail, type Result, succeed, toProblem } from '../../domain/problem.ts';
import {
  policyNameOf,
  policySourceOf,
  type Recommendation,
  type RecommendationAnswer,
  type RecommendedChange,
  type RecommendedStep,
} from '../../domain/recommendation.ts';
import type { FixPlace } from '../resolve/fix.ts';
import type { IamReader, RecommendDeps } from '../resolve/ports.ts';
import { waitForRecommendation } from './wait-for-recommendation.ts';

/**
 * The recommendation of an UnusedPermission finding: generated on demand, beside the live policies that it would replace,
 * their difference and what ValidatePolicy (free) says of the new ones. What was generated before is taken as long as it is
 * newer than the live policies.
 */
export async function loadRecommendation(
  finding: StoredFinding,
  place: FixPlace,
  deps: RecommendDeps,
): Promise<Result<Recommendation>> {
  const identity = identityOf(finding);
  if (finding.findingType !== 'UnusedPermission' || identity === undefined) {
    return fail({
      kind: 'usage',
      message: 'Access Analyzer recommends policies for unused permissions only.',
      hint: `See what else can be done: iam-triage resolve ${finding.id}`,
    });
  }
  try {
    const known = await deps.gateway.at(finding).readRecommendation(finding, deps.signal);
    const first = known?.status === 'SUCCEEDED' ? await judge(finding, known, place, deps) : undefined;
    if (first !== undefined && !first.stale) return succeed(first);
    const answer = await waitForRecommendation(finding, deps);
    return answer.ok ? succeed(await judge(finding, answer.value, place, deps)) : answer;
  } catch (thrown) {
    return fail(toProblem(thrown));
  }
}

/** The role or user that a finding is about. */
export function identityOf({ resource }: Pick<StoredFinding, 'resource'>): Identity | undefined {
  const arn = parseArn(resource);
  if (arn?.service !== 'iam' || (arn.resourceType !== 'role' && arn.resourceType !== 'user'))
    return undefined;
  return { kind: arn.resourceType, name: arn.resourceName.slice(arn.resourceName.lastIndexOf('/') + 1) };
}

async function judge(
  finding: StoredFinding,
  answer: RecommendationAnswer,
  place: FixPlace,
  deps: RecommendDeps,
): Promise<Recommendation> {
  const iam = deps.gateway.iam({ profile: finding.profile, ...place });
  const identity = identityOf(finding) ?? { kind: 'role', name: '' };
  const changes: RecommendedChange[] = [];
  const judging = { iam, identity, finding, deps, startedAt: answer.startedAt };
  for (const step of answer.steps) changes.push(await judgeStep(step, judging));
  return {
    resourceArn: answer.resourceArn,
    generatedAt: answer.completedAt ?? answer.startedAt,
    changes,
    stale: changes.some(({ stale }) => stale),
  };
}

interface Judging {
  readonly iam: IamReader;
  readonly identity: Identity;
  readonly finding: StoredFinding;
  readonly deps: RecommendDeps;
  readonly startedAt: number;
}

async function judgeStep(step: RecommendedStep, judging: Judging): Promise<RecommendedChange> {
  const { deps, finding, startedAt } = judging;
  const live = await readLive(step, judging);
  const { recommendedPolicy } = step;
  const issues =
    recommendedPolicy === undefined
      ? []
      : await deps.gateway.at(finding).validatePolicy(recommendedPolicy, 'IDENTITY_POLICY', deps.signal);
  return {
    step,
    source: policySourceOf(step.existingPolicyId),
    name: policyNameOf(step.existingPolicyId),
    existing: live.text,
    diff: diffPolicies(documentOf(live.text), documentOf(recommendedPolicy)),
    // The service need not say which state of the policy it saw; then it saw none that is younger than its answer.
    stale: live.text === undefined || live.updatedAt > (step.policyUpdatedAt ?? startedAt) + CLOCK_GRAIN_MS,
    issues,
    otherHolders: live.otherHolders,
  };
}

/** IAM's times are whole seconds, Access Analyzer's are finer. */
const CLOCK_GRAIN_MS = 1000;

interface Live {
  /** undefined: the identity does not have it (any more). */
  readonly text: string | undefined;
  readonly updatedAt: number;
  readonly otherHolders: readonly string[];
}

async function readLive(step: RecommendedStep, { iam, identity, deps: { signal } }: Judging): Promise<Live> {
  const id = step.existingPolicyId;
  const source = policySourceOf(id);
  if (source === 'inline') {
    const text = await iam.read({ kind: 'inline-policy', identity, policyName: id }, signal);
    return { text: typeof text === 'string' ? text : undefined, updatedAt: 0, otherHolders: [] };
  }
  const attached = await iam.read({ kind: 'attached-policy', identity, policyArn: id }, signal);
  const policy = await iam.policyText(id, signal);
  if (attached === null || policy === undefined) return { text: undefined, updatedAt: 0, otherHolders: [] };
  const otherHolders = source === 'customer-managed' ? await readOthers(id, identity, iam, signal) : [];
  return { text: policy.document, updatedAt: policy.updatedAt, otherHolders };
}

async function readOthers(
  policyArn: string,
  identity: Identity,
  iam: IamReader,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const { roles, users, groups } = await iam.holders(policyArn, signal);
  const names = [
    ...roles.map((name) => `role ${name}`),
    ...users.map((name) => `user ${name}`),
    ...groups.map((name) => `group ${name}`),
  ];
  return names.filter((name) => name !== `${identity.kind} ${identity.name}`);
}

function documentOf(text: string | undefined): PolicyDocument | undefined {
  const parsed = text === undefined ? undefined : parsePolicyDocument(text);
  return parsed?.ok === true ? parsed.value : undefined;
}

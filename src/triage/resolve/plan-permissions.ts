import type { Identity } from '../../domain/iam/cell.ts';
import type { Plan } from '../../domain/journal.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import type { Problem } from '../../domain/problem.ts';
import { policyNameOf, type Recommendation, type RecommendedChange } from '../../domain/recommendation.ts';
import { commandsOf, type Fix, type FixPlace, type Step, toFixPlan } from './fix.ts';
import { recommendedName } from './policy-name.ts';

export interface PermissionFacts {
  readonly identity: Identity;
  readonly partition: string;
  readonly recommendation: Recommendation;
  /** Names of customer managed policies and of the identity's inline policies that are taken. */
  readonly takenNames: ReadonlySet<string>;
  /** Managed policies attached now. */
  readonly attached: number;
}

/** IAM User Guide, "IAM and AWS STS quotas": managed policies attached to a role or user, by default. */
const ATTACHED_QUOTA = 10;

/**
 * Policy by policy: the narrower one is there before the wide one goes, so nothing is ever left with less than it uses.
 * A customer managed policy gets no new version either (CreatePolicyVersion): others may use it, and it would run into
 * the five versions that IAM keeps. What can be full is the number of attached policies, since for a moment both are.
 */
export function planPermissionFixes(
  finding: StoredFinding,
  place: FixPlace,
  facts: PermissionFacts,
): readonly Fix[] {
  const { recommendation } = facts;
  const plan = permissionPlan(finding, place, facts);
  const blocked = whyBlocked(recommendation);
  return [
    {
      name: 'apply-recommendation',
      title: plan.title,
      changes: partsOf(place, facts).map(({ sentence }) => sentence),
      risks: risksOf(facts),
      undo: 'Undo gives back the old policies first, then takes the new ones away.',
      ...(blocked === undefined ? { plan } : { blocked }),
      commands: commandsOf(plan),
      diffs: recommendation.changes.map(({ name, diff }) => ({ name, diff })),
    },
  ];
}

/** The steps, whether or not something speaks against applying them now. */
export function permissionPlan(finding: StoredFinding, place: FixPlace, facts: PermissionFacts): Plan {
  const { kind, name } = facts.identity;
  const title = `Apply the recommended policies to ${kind} ${name}`;
  const steps = partsOf(place, facts).flatMap((part) => part.steps);
  return toFixPlan(finding, place, steps, { title, typedWord: 'apply' });
}

const partsOf = (place: FixPlace, facts: PermissionFacts): readonly Part[] =>
  ordered(facts.recommendation.changes).map((change) => replace(change, place, facts));

/** What only goes away comes last. */
const ordered = (changes: readonly RecommendedChange[]): readonly RecommendedChange[] => [
  ...changes.filter(({ step }) => step.action === 'CREATE_POLICY'),
  ...changes.filter(({ step }) => step.action === 'DETACH_POLICY'),
];

interface Part {
  readonly steps: readonly Step[];
  readonly sentence: string;
}

function replace(change: RecommendedChange, place: FixPlace, facts: PermissionFacts): Part {
  const { step, existing = '' } = change;
  const { identity } = facts;
  const inline = change.source === 'inline';
  const old: Step = inline
    ? {
        cell: { kind: 'inline-policy', identity, policyName: step.existingPolicyId },
        before: existing,
        after: null,
      }
    : {
        cell: { kind: 'attached-policy', identity, policyArn: step.existingPolicyId },
        before: 'attached',
        after: null,
      };
  if (step.action === 'DETACH_POLICY' || step.recommendedPolicy === undefined) {
    return {
      steps: [old],
      sentence: `Nothing of ${change.name} is used: it is ${inline ? 'deleted' : 'detached'}.`,
    };
  }
  const name = freeName(change.name, facts);
  const fresh = inline
    ? [putInline(identity, name, step.recommendedPolicy)]
    : createAndAttach(facts, place, name, step.recommendedPolicy);
  const kind = inline ? 'inline policy' : 'policy';
  const gone = inline ? 'deleted' : 'detached';
  return {
    steps: [...fresh, old],
    sentence: `The ${kind} ${name} takes the place of ${change.name}, which is ${gone}.`,
  };
}

const putInline = (identity: Identity, policyName: string, document: string): Step => ({
  cell: { kind: 'inline-policy', identity, policyName },
  before: null,
  after: document,
});

function createAndAttach(
  { identity, partition }: PermissionFacts,
  { account }: FixPlace,
  name: string,
  document: string,
): readonly Step[] {
  const policyArn = `arn:${partition}:iam::${account}:policy/${name}`;
  return [
    {
      cell: { kind: 'managed-policy', policyArn },
      before: null,
      after: { name, path: '/', document, tags: {} },
    },
    { cell: { kind: 'attached-policy', identity, policyArn }, before: null, after: 'attached' },
  ];
}

function freeName(existing: string, { takenNames, identity }: PermissionFacts): string {
  let number = 1;
  while (takenNames.has(recommendedName(existing, identity, number))) number += 1;
  return recommendedName(existing, identity, number);
}

function whyBlocked({ stale, changes }: Recommendation): Problem | undefined {
  if (changes.length === 0) {
    return { kind: 'not-found', message: 'The recommendation has no step: there is nothing to apply.' };
  }
  if (stale) {
    const names = changes.filter((change) => change.stale).map(({ name }) => name);
    return {
      kind: 'conflict',
      message: `The recommendation is older than the live policy: ${names.join(', ')} changed since.`,
      hint: 'Wait for the next daily pass, sync, and ask for the recommendation again.',
    };
  }
  const wrong = changes.find(({ issues }) => issues.some(({ type }) => type === 'ERROR'));
  if (wrong === undefined) return undefined;
  return { kind: 'invalid', message: `ValidatePolicy calls the recommended policy for ${wrong.name} wrong.` };
}

function risksOf({ identity, recommendation: { changes }, attached }: PermissionFacts): string[] {
  const shared = changes.filter(({ otherHolders }) => otherHolders.length > 0);
  const created = changes.some(({ step, source }) => step.action === 'CREATE_POLICY' && source !== 'inline');
  return [
    'A monthly job, a deployment pipeline, disaster recovery or backups may need what was not used: archive with that reason instead.',
    ...shared.map(
      ({ step, otherHolders }) =>
        `${policyNameOf(step.existingPolicyId)} is also attached to ${otherHolders.join(', ')}: they keep it as it is.`,
    ),
    ...(created && attached >= ATTACHED_QUOTA
      ? [
          `${attached} managed policies are attached, the default quota is ${ATTACHED_QUOTA}: attaching one more may be refused. Nothing is taken away then.`,
        ]
      : []),
    ...inlineRisk(identity, changes),
  ];
}

/** Characters of all inline policies together, white space aside (IAM User Guide, "IAM and AWS STS quotas"). */
const INLINE_QUOTA = { role: 10_240, user: 2048 } as const;

/** For a moment an inline policy and the one in its place are both there. Policies that stay are not counted. */
function inlineRisk({ kind }: Identity, changes: readonly RecommendedChange[]): readonly string[] {
  const inline = changes.filter(({ source }) => source === 'inline');
  const fresh = inline.flatMap(({ step }) => step.recommendedPolicy ?? []);
  const sizeOf = (text = ''): number => text.replace(/\s/g, '').length;
  const there = inline.reduce((sum, { existing }) => sum + sizeOf(existing), 0);
  const most = there + Math.max(0, ...fresh.map(sizeOf));
  if (fresh.length === 0 || most <= INLINE_QUOTA[kind]) return [];
  return [
    `Old and new inline policies have ${most} characters together, a ${kind} may have ${INLINE_QUOTA[kind]}: IAM may refuse the new one. Nothing is taken away then.`,
  ];
}

import type { StoredFinding } from '../../domain/listing.ts';
import { diffPolicies } from '../../domain/policy/diff.ts';
import { type PolicyDocument, parsePolicyDocument } from '../../domain/policy/document.ts';
import { formatPolicyDocument, toStatementJson } from '../../domain/policy/format.ts';
import {
  canHaveOrganization,
  findGrantingStatements,
  isOrganizationId,
  withOrganization,
  withoutAccess,
} from '../../domain/policy/granting.ts';
import { deletedPrincipals, NOBODY, toSettable } from '../../domain/policy/settable.ts';
import type { Problem } from '../../domain/problem.ts';
import { commandsOf, type Fix, type FixPlace, type PreviewOutcome, toFixPlan } from './fix.ts';

export interface TrustFacts {
  readonly roleName: string;
  /** JSON text as it is now. */
  readonly trustPolicy: string;
  readonly organizationId: string | undefined;
}

/** A trust policy that would end the access of the finding. */
export interface TrustCandidate {
  readonly name: 'remove-trust' | 'require-organization';
  readonly document: PolicyDocument;
  /** JSON text of the document. */
  readonly text: string;
  /** The statements that grant it, as they are. */
  readonly granting: readonly string[];
  /** Principals that were deleted and go as well: IAM takes no policy with them. */
  readonly deleted: readonly string[];
}

/** Candidates, safest first; none: no statement of the policy grants what the finding shows. */
export function trustCandidates(finding: StoredFinding, facts: TrustFacts): readonly TrustCandidate[] {
  const parsed = parsePolicyDocument(facts.trustPolicy);
  if (!parsed.ok) return [];
  const policy = parsed.value;
  const indexes = findGrantingStatements(policy, finding);
  if (indexes.length === 0) return [];
  const granting = indexes.flatMap((index) => {
    const statement = policy.statements[index];
    return statement === undefined ? [] : [JSON.stringify(toStatementJson(statement), undefined, 2)];
  });
  const candidate = (name: TrustCandidate['name'], changed: PolicyDocument): TrustCandidate => {
    const document = toSettable(changed);
    return {
      name,
      document,
      text: formatPolicyDocument(document),
      granting,
      deleted: deletedPrincipals(changed),
    };
  };
  const { organizationId } = facts;
  const rest = withoutAccess(policy, indexes, finding);
  const closed = rest.statements.length === 0 ? { ...rest, statements: [NOBODY] } : rest;
  return [
    ...(organizationId !== undefined && isOrganizationId(organizationId) && canHaveOrganization(finding)
      ? [candidate('require-organization', withOrganization(policy, indexes, finding, organizationId))]
      : []),
    candidate('remove-trust', closed),
  ];
}

interface Checked {
  readonly candidate: TrustCandidate;
  readonly preview: PreviewOutcome;
}

/** The candidates as fixes, each with its diff and what the access preview said of it. */
export function planTrustFixes(
  finding: StoredFinding,
  place: FixPlace,
  facts: TrustFacts,
  checked: readonly Checked[],
): readonly Fix[] {
  return checked.map(({ candidate, preview }) => {
    const { name, document, text } = candidate;
    const title = TITLES[name](facts);
    const before = parsePolicyDocument(facts.trustPolicy);
    const cell = { kind: 'trust-policy', roleName: facts.roleName } as const;
    const steps = [{ cell, before: facts.trustPolicy, after: text }];
    const plan = toFixPlan(finding, place, steps, { title, typedWord: 'apply', notes: [preview.sentence] });
    const blocked = whyBlocked(preview);
    return {
      name,
      title,
      changes: candidate.granting.map((statement) => `${CHANGES[name]}\n${statement}`),
      risks: risksOf(candidate, facts),
      undo: 'Undo puts the trust policy back as it is now.',
      ...(blocked === undefined ? { plan } : { blocked }),
      commands: commandsOf(plan),
      diffs: [{ name: 'trust policy', diff: diffPolicies(before.ok ? before.value : undefined, document) }],
      preview,
    };
  });
}

const TITLES: Readonly<Record<TrustCandidate['name'], (facts: TrustFacts) => string>> = {
  'require-organization': ({ roleName, organizationId }) =>
    `Let only principals of ${organizationId ?? 'the organization'} assume role ${roleName}`,
  'remove-trust': ({ roleName }) => `Remove the outside principal from the trust policy of role ${roleName}`,
};

const CHANGES: Readonly<Record<TrustCandidate['name'], string>> = {
  'require-organization':
    'The principal is held to aws:PrincipalOrgID; who else this statement names keeps it as it is:',
  'remove-trust': 'The principal leaves this statement, and with nobody else in it the statement goes:',
};

function risksOf({ name, document, deleted }: TrustCandidate, { roleName }: TrustFacts): readonly string[] {
  const shut = document.statements.every(({ effect }) => effect === 'Deny');
  return [
    `Whoever assumes ${roleName} from outside is refused at once; sessions that are open go on until they end.`,
    ...(name === 'require-organization'
      ? ['A principal that is not in the organization stays outside.']
      : []),
    ...(deleted.length === 0
      ? []
      : [
          `${deleted.join(', ')} can do nothing, having been deleted, and goes too: IAM takes no policy with it.`,
        ]),
    ...(shut
      ? [
          'Nobody else is trusted: nobody can assume the role then. IAM takes no empty trust policy, so it gets one that denies.',
        ]
      : []),
  ];
}

function whyBlocked({ verdict, sentence }: PreviewOutcome): Problem | undefined {
  if (verdict !== 'stays' && verdict !== 'failed') return undefined;
  return { kind: 'invalid', message: sentence, hint: 'Change the policy by hand; the commands are below.' };
}

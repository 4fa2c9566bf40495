import type { PolicyDiff } from './policy/diff.ts';

/** What GetFindingRecommendation says right now. */
export interface RecommendationAnswer {
  readonly status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  readonly startedAt: number;
  readonly completedAt?: number;
  /** Why it failed, in the service's words. */
  readonly error?: string;
  readonly resourceArn: string;
  readonly steps: readonly RecommendedStep[];
}

export interface RecommendedStep {
  /** CREATE_POLICY replaces a policy by a narrower one, DETACH_POLICY takes one away of which nothing was used. */
  readonly action: 'CREATE_POLICY' | 'DETACH_POLICY';
  /** ARN of a managed policy, bare name of an inline one. */
  readonly existingPolicyId: string;
  /** JSON text; with CREATE_POLICY. */
  readonly recommendedPolicy?: string;
  /** When the policy had changed last, as the service saw it (epoch ms); managed policies only. */
  readonly policyUpdatedAt?: number;
}

export type PolicySource = 'aws-managed' | 'customer-managed' | 'inline';

/** A finding of ValidatePolicy. */
export interface PolicyIssue {
  readonly type: 'ERROR' | 'SECURITY_WARNING' | 'SUGGESTION' | 'WARNING';
  readonly code: string;
  readonly details: string;
  readonly link: string;
  /** 1-based line of the text, where the service names one. */
  readonly line?: number;
}

/** What CheckNoNewAccess says: PASS, FAIL with its reasons, or that it could not decide. */
export interface AccessVerdict {
  readonly result: 'PASS' | 'FAIL' | 'UNDECIDED';
  readonly message: string;
  readonly reasons: readonly string[];
}

/** A step with everything that it takes to judge it. */
export interface RecommendedChange {
  readonly step: RecommendedStep;
  readonly source: PolicySource;
  /** Name for a person: that of the policy. */
  readonly name: string;
  /** Live text; undefined: the identity does not have the policy any more. */
  readonly existing: string | undefined;
  readonly diff: PolicyDiff;
  /**
   * Whether the live policy changed after the recommendation was made. IAM keeps no date for inline policies: there it is
   * stale only when the policy is gone.
   */
  readonly stale: boolean;
  readonly issues: readonly PolicyIssue[];
  readonly verdict?: AccessVerdict;
  /** Others that have a customer managed policy; they keep it. */
  readonly otherHolders: readonly string[];
}

export interface Recommendation {
  readonly resourceArn: string;
  readonly generatedAt: number;
  readonly changes: readonly RecommendedChange[];
  readonly stale: boolean;
}

/** US dollars that one CheckNoNewAccess costs (IAM Access Analyzer pricing, custom policy checks). */
export const CHECK_PRICE = 0.002;

/** What checking costs, said before the first paid call: "3 checks at $0.0020 each, $0.0060 in all". */
export function checkPriceText(checks: number): string {
  const dollars = (amount: number): string => `$${amount.toFixed(4)}`;
  const count = checks === 1 ? '1 check' : `${checks} checks`;
  return `${count} at ${dollars(CHECK_PRICE)} each, ${dollars(checks * CHECK_PRICE)} in all`;
}

/** Managed policies are named by ARN; those of AWS have `aws` in the place of the account. */
export function policySourceOf(policyId: string): PolicySource {
  if (!/^arn:[^:]+:iam::/.test(policyId)) return 'inline';
  return /^arn:[^:]+:iam::aws:/.test(policyId) ? 'aws-managed' : 'customer-managed';
}

/** Name of a policy without its ARN and path. */
export const policyNameOf = (policyId: string): string =>
  policySourceOf(policyId) === 'inline' ? policyId : policyId.slice(policyId.lastIndexOf('/') + 1);

/** Good reasons to keep a permission that nobody used; each can be given as the reason of an archive. */
export const REASONS_TO_KEEP = [
  'needed by a job that runs less often than the tracking period',
  'needed by a deployment pipeline',
  'needed for disaster recovery',
  'needed to restore backups',
] as const;

/** Checked with an access preview: what a changed resource would do to the findings about it. */
export interface PreviewedFinding {
  readonly changeType: 'NEW' | 'CHANGED' | 'UNCHANGED';
  readonly status: 'ACTIVE' | 'ARCHIVED' | 'RESOLVED';
  readonly existingFindingId?: string;
  readonly principal?: Readonly<Record<string, string>>;
  readonly action?: readonly string[];
  readonly isPublic?: boolean;
  readonly error?: string;
}

export interface AccessPreview {
  readonly status: 'CREATING' | 'COMPLETED' | 'FAILED';
  /** Code of the reason it failed. */
  readonly reason?: string;
}

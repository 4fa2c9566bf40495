import type { Finding, FindingDetail, FindingRef } from '../../domain/finding.ts';
import type { Identity, ManagedPolicyState } from '../../domain/iam/cell.ts';
import type {
  AccessPreview,
  AccessVerdict,
  PolicyIssue,
  PreviewedFinding,
  RecommendationAnswer,
} from '../../domain/recommendation.ts';
import type { IamChanger, IamPlace, TriageClock, TriageGateway, TriageRegionGateway } from '../ports.ts';

/** What finding a way from a finding to its fix needs of the far side, beyond making the fix. */
export interface ResolveGateway extends TriageGateway {
  at(target: {
    readonly profile: string;
    readonly region: string;
  }): TriageRegionGateway & PolicyAdvice & DetailReader;
  iam(place: IamPlace): IamReader;
}

/** undefined: no such finding (any more). */
export interface DetailReader {
  getFinding(
    ref: FindingRef,
    signal?: AbortSignal,
  ): Promise<{ readonly finding: Finding; readonly detail: FindingDetail | undefined } | undefined>;
}

export interface IamReader extends IamChanger {
  inventory(identity: Identity, signal?: AbortSignal): Promise<Inventory>;
  /** Default version of a managed policy, AWS's or a customer's. */
  policyText(policyArn: string, signal?: AbortSignal): Promise<PolicyText | undefined>;
  holders(
    policyArn: string,
    signal?: AbortSignal,
  ): Promise<{
    readonly roles: readonly string[];
    readonly users: readonly string[];
    readonly groups: readonly string[];
  }>;
}

/** What hangs on an identity: names, ARNs, names. */
export interface Inventory {
  readonly inlinePolicies: readonly string[];
  readonly attachedPolicies: readonly string[];
  readonly instanceProfiles: readonly string[];
}

export interface PolicyText extends ManagedPolicyState {
  /** Epoch ms of the last change to its versions. */
  readonly updatedAt: number;
  readonly versionId: string;
}

type PolicyKind = 'IDENTITY_POLICY' | 'RESOURCE_POLICY';

export interface PolicyAdvice {
  generateRecommendation(ref: FindingRef, signal?: AbortSignal): Promise<void>;
  /** undefined: none was generated yet. */
  readRecommendation(ref: FindingRef, signal?: AbortSignal): Promise<RecommendationAnswer | undefined>;
  /** Free. */
  validatePolicy(text: string, kind: PolicyKind, signal?: AbortSignal): Promise<readonly PolicyIssue[]>;
  /** Costs money, see CHECK_PRICE. */
  checkNoNewAccess(
    policies: { readonly existing: string; readonly changed: string },
    kind: PolicyKind,
    signal?: AbortSignal,
  ): Promise<AccessVerdict>;
  previewTrustPolicy(
    analyzerArn: string,
    roleArn: string,
    trustPolicy: string,
    options: { readonly clientToken: string; readonly signal?: AbortSignal },
  ): Promise<string>;
  readPreview(analyzerArn: string, id: string, signal?: AbortSignal): Promise<AccessPreview>;
  listPreviewFindings(
    analyzerArn: string,
    id: string,
    signal?: AbortSignal,
  ): Promise<readonly PreviewedFinding[]>;
}

export interface ResolveDeps {
  readonly gateway: ResolveGateway;
  readonly clock: TriageClock;
  /** Name (with path) of the role assumed in another account; empty: never. */
  readonly fixRoleName: string;
  readonly signal?: AbortSignal;
}

/** Told at each look while a recommendation is made: how long it has been, and how long it usually takes. */
export interface WaitProgress {
  readonly elapsedMs: number;
  readonly usualMs: number;
}

export interface RecommendDeps extends ResolveDeps {
  readonly onProgress?: (progress: WaitProgress) => void;
}

export interface PrepareDeps extends RecommendDeps {
  /** For the fix that lets only one organization in; absent: that fix is not offered. */
  readonly organizationId?: string;
}

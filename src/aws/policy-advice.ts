import type { AccessPreviewFinding, ValidatePolicyFinding } from '@aws-sdk/client-accessanalyzer';
import type { FindingRef } from '../domain/finding.ts';
import type {
  AccessPreview,
  AccessVerdict,
  PolicyIssue,
  PreviewedFinding,
  RecommendationAnswer,
} from '../domain/recommendation.ts';
import { ProblemError, toProblem } from '../domain/problem.ts';
import { sendOptions } from './calls.ts';
import { readAllPages } from './pages.ts';
import type { RegionCalls } from './region-calls.ts';
import { toRecommendation } from './translate-recommendation.ts';

export type PolicyKind = 'IDENTITY_POLICY' | 'RESOURCE_POLICY';

/** What Access Analyzer says of policies and of changes before they are made. Errors are thrown as ProblemError. */
export interface PolicyAdvice {
  generateRecommendation(ref: FindingRef, signal?: AbortSignal): Promise<void>;
  /** All its steps. undefined: none was generated yet. */
  readRecommendation(ref: FindingRef, signal?: AbortSignal): Promise<RecommendationAnswer | undefined>;
  /** Free. */
  validatePolicy(text: string, kind: PolicyKind, signal?: AbortSignal): Promise<readonly PolicyIssue[]>;
  /** Costs money, see CHECK_PRICE. */
  checkNoNewAccess(
    policies: { readonly existing: string; readonly changed: string },
    kind: PolicyKind,
    signal?: AbortSignal,
  ): Promise<AccessVerdict>;
  /** Of a role with another trust policy; returns the preview's id. */
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

export function createPolicyAdvice(calls: RegionCalls): PolicyAdvice {
  return { ...createRecommendations(calls), ...createChecks(calls), ...createPreviews(calls) };
}

type Recommendations = Pick<PolicyAdvice, 'generateRecommendation' | 'readRecommendation'>;

function createRecommendations(calls: RegionCalls): Recommendations {
  return {
    generateRecommendation: async ({ analyzerArn, id }, signal) => {
      await calls.run('GenerateFindingRecommendation', (client, sdk) =>
        client.send(new sdk.GenerateFindingRecommendationCommand({ analyzerArn, id }), sendOptions(signal)),
      );
    },
    readRecommendation: async ({ analyzerArn, id }, signal) => {
      try {
        const pages = await readAllPages((token) =>
          calls.run('GetFindingRecommendation', (client, sdk) =>
            client.send(
              new sdk.GetFindingRecommendationCommand({ analyzerArn, id, ...token }),
              sendOptions(signal),
            ),
          ),
        );
        return toRecommendation(pages);
      } catch (thrown) {
        if (toProblem(thrown).kind === 'not-found') return undefined;
        throw thrown;
      }
    },
  };
}

type Checks = Pick<PolicyAdvice, 'validatePolicy' | 'checkNoNewAccess'>;

function createChecks(calls: RegionCalls): Checks {
  return {
    validatePolicy: async (policyDocument, policyType, signal) => {
      const pages = await readAllPages((token) =>
        calls.run('ValidatePolicy', (client, sdk) =>
          client.send(
            new sdk.ValidatePolicyCommand({ policyDocument, policyType, ...token }),
            sendOptions(signal),
          ),
        ),
      );
      return pages.flatMap(({ findings }) => (findings ?? []).map(toIssue));
    },
    checkNoNewAccess: async ({ existing, changed }, policyType, signal) => {
      const input = { existingPolicyDocument: existing, newPolicyDocument: changed, policyType };
      try {
        const { result, message, reasons } = await calls.run('CheckNoNewAccess', (client, sdk) =>
          client.send(new sdk.CheckNoNewAccessCommand(input), sendOptions(signal)),
        );
        const why = (reasons ?? []).map(({ description }) => description ?? '').filter((text) => text !== '');
        return { result: result === 'PASS' ? 'PASS' : 'FAIL', message: message ?? '', reasons: why };
      } catch (thrown) {
        const undecided = undecidedOf(thrown);
        if (undecided === undefined) throw thrown;
        return { result: 'UNDECIDED', message: undecided, reasons: [] };
      }
    },
  };
}

/** UnprocessableEntityException: the policies are fine, and the service cannot tell. */
function undecidedOf(thrown: unknown): string | undefined {
  const cause = thrown instanceof ProblemError ? (thrown.cause as Error | undefined) : undefined;
  return cause?.name === 'UnprocessableEntityException' ? cause.message : undefined;
}

function toIssue(finding: ValidatePolicyFinding): PolicyIssue {
  const line = finding.locations?.[0]?.span?.start?.line;
  return {
    type: finding.findingType ?? 'WARNING',
    code: finding.issueCode ?? '',
    details: finding.findingDetails ?? '',
    link: finding.learnMoreLink ?? '',
    ...(line === undefined ? {} : { line }),
  };
}

type Previews = Pick<PolicyAdvice, 'previewTrustPolicy' | 'readPreview' | 'listPreviewFindings'>;

function createPreviews(calls: RegionCalls): Previews {
  return {
    previewTrustPolicy: async (analyzerArn, roleArn, trustPolicy, { clientToken, signal }) => {
      const configurations = { [roleArn]: { iamRole: { trustPolicy } } };
      const { id } = await calls.run('CreateAccessPreview', (client, sdk) =>
        client.send(
          new sdk.CreateAccessPreviewCommand({ analyzerArn, configurations, clientToken }),
          sendOptions(signal),
        ),
      );
      return id ?? '';
    },
    readPreview: async (analyzerArn, accessPreviewId, signal) => {
      const { accessPreview } = await calls.run('GetAccessPreview', (client, sdk) =>
        client.send(new sdk.GetAccessPreviewCommand({ analyzerArn, accessPreviewId }), sendOptions(signal)),
      );
      const reason = accessPreview?.statusReason?.code;
      return { status: accessPreview?.status ?? 'CREATING', ...(reason === undefined ? {} : { reason }) };
    },
    listPreviewFindings: async (analyzerArn, accessPreviewId, signal) => {
      const pages = await readAllPages((token) =>
        calls.run('ListAccessPreviewFindings', (client, sdk) =>
          client.send(
            new sdk.ListAccessPreviewFindingsCommand({ analyzerArn, accessPreviewId, ...token }),
            sendOptions(signal),
          ),
        ),
      );
      return pages.flatMap(({ findings }) => (findings ?? []).map(toPreviewed));
    },
  };
}

function toPreviewed(finding: AccessPreviewFinding): PreviewedFinding {
  const { changeType, status, existingFindingId, principal, action, isPublic, error } = finding;
  return {
    changeType: changeType ?? 'UNCHANGED',
    status: status ?? 'ACTIVE',
    ...(existingFindingId === undefined ? {} : { existingFindingId }),
    ...(principal === undefined ? {} : { principal }),
    ...(action === undefined ? {} : { action }),
    ...(isPublic === undefined ? {} : { isPublic }),
    ...(error === undefined ? {} : { error }),
  };
}

import type {
  ExternalAccessDetails,
  FindingDetails,
  GetFindingV2Response,
  InternalAccessDetails,
  UnusedPermissionDetails,
} from '@aws-sdk/client-accessanalyzer';
import type {
  ExternalAccessDetail,
  Finding,
  FindingDetail,
  FindingScope,
  InternalAccessDetail,
  UnusedAction,
  UnusedService,
} from '../domain/finding.ts';
import type { Draft, ReportOddity } from './translate.ts';
import { toFinding, toSource } from './translate-finding.ts';

export interface FindingWithDetail {
  readonly finding: Finding;
  readonly detail: FindingDetail | undefined;
}

/**
 * The pages of one GetFindingV2 as one finding. Its head comes with every page; the details of all pages belong together
 * (an UnusedPermission has one `unusedPermissionDetails` a service).
 */
export function toFindingWithDetail(
  pages: readonly GetFindingV2Response[],
  scope: FindingScope,
  report: ReportOddity,
): FindingWithDetail | undefined {
  const head = pages[0];
  if (head === undefined) return undefined;
  const {
    findingDetails: _,
    nextToken: __,
    $metadata: ___,
    ...summary
  } = head as typeof head & { $metadata?: unknown };
  const finding = toFinding({ ...summary, findingType: head.findingType ?? 'ExternalAccess' }, scope, report);
  if (finding === undefined) return undefined;
  const detail = toDetail(pages.flatMap((page) => page.findingDetails ?? []));
  return { finding: withFactsOf(detail, finding), detail };
}

/** `undefined` where the service sent no details (an error finding), or none that this version knows. */
export function toDetail(details: readonly FindingDetails[]): FindingDetail | undefined {
  const services: UnusedService[] = [];
  for (const detail of details) {
    if (detail.unusedPermissionDetails !== undefined)
      services.push(toUnusedService(detail.unusedPermissionDetails));
    else {
      const single = toSingleDetail(detail);
      if (single !== undefined) return single;
    }
  }
  return services.length === 0 ? undefined : { kind: 'unused-permission', services };
}

function toSingleDetail(detail: FindingDetails): FindingDetail | undefined {
  if (detail.externalAccessDetails !== undefined) return toExternal(detail.externalAccessDetails);
  if (detail.internalAccessDetails !== undefined) return toInternal(detail.internalAccessDetails);
  if (detail.unusedIamRoleDetails !== undefined)
    return { kind: 'unused-role', ...lastAccessed(detail.unusedIamRoleDetails) };
  if (detail.unusedIamUserAccessKeyDetails !== undefined) {
    const key = detail.unusedIamUserAccessKeyDetails;
    return { kind: 'unused-key', accessKeyId: key.accessKeyId ?? '', ...lastAccessed(key) };
  }
  if (detail.unusedIamUserPasswordDetails !== undefined) {
    return { kind: 'unused-password', ...lastAccessed(detail.unusedIamUserPasswordDetails) };
  }
  return undefined;
}

const lastAccessed = (of: { lastAccessed?: Date | undefined }): { lastAccessed?: number } =>
  of.lastAccessed === undefined ? {} : { lastAccessed: of.lastAccessed.getTime() };

function toUnusedService(details: UnusedPermissionDetails): UnusedService {
  const service: Draft<UnusedService> = {
    serviceNamespace: details.serviceNamespace ?? '',
    ...lastAccessed(details),
  };
  if (details.actions !== undefined && details.actions.length > 0) {
    service.actions = details.actions.map((action): UnusedAction => ({
      action: action.action ?? '',
      ...lastAccessed(action),
    }));
  }
  return service;
}

function toExternal(details: ExternalAccessDetails): ExternalAccessDetail {
  const detail: Draft<ExternalAccessDetail> = { kind: 'external', ...accessFacts(details) };
  if (details.isPublic !== undefined) detail.isPublic = details.isPublic;
  return detail;
}

function toInternal(details: InternalAccessDetails): InternalAccessDetail {
  const detail: Draft<InternalAccessDetail> = { kind: 'internal', ...accessFacts(details) };
  if (details.accessType !== undefined) detail.accessType = details.accessType;
  if (details.principalType !== undefined) detail.principalType = details.principalType;
  if (details.principalOwnerAccount !== undefined)
    detail.principalOwnerAccount = details.principalOwnerAccount;
  if (details.serviceControlPolicyRestriction !== undefined) {
    detail.serviceControlPolicyRestriction = details.serviceControlPolicyRestriction;
  }
  return detail;
}

type AccessFacts = Omit<ExternalAccessDetail, 'kind' | 'isPublic'>;

function accessFacts(details: ExternalAccessDetails | InternalAccessDetails): AccessFacts {
  const facts: Draft<AccessFacts> = {};
  if (details.principal !== undefined) facts.principal = details.principal;
  if (details.action !== undefined) facts.action = details.action;
  if (details.condition !== undefined) facts.condition = details.condition;
  if (details.sources !== undefined) facts.sources = details.sources.map(toSource);
  if (details.resourceControlPolicyRestriction !== undefined) {
    facts.resourceControlPolicyRestriction = details.resourceControlPolicyRestriction;
  }
  return facts;
}

/** What the list leaves out and the detail knows: by these facts the exposure is told apart. */
function withFactsOf(detail: FindingDetail | undefined, finding: Finding): Finding {
  if (detail?.kind === 'unused-key') return { ...finding, accessKeyId: detail.accessKeyId };
  if (detail?.kind !== 'external' && detail?.kind !== 'internal') return finding;
  const { principal, action, condition, sources, resourceControlPolicyRestriction } = detail;
  return {
    ...finding,
    ...(principal === undefined ? {} : { principal }),
    ...(action === undefined ? {} : { action }),
    ...(condition === undefined ? {} : { condition }),
    ...(sources === undefined ? {} : { sources }),
    ...(resourceControlPolicyRestriction === undefined ? {} : { resourceControlPolicyRestriction }),
    ...(detail.kind === 'external' && detail.isPublic !== undefined ? { isPublic: detail.isPublic } : {}),
  };
}

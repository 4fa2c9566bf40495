import type { FindingDetail } from '../../domain/finding.ts';
import type { LedgerFinding } from '../ledger/ledger-finding.ts';
import { iso, present } from './wire-values.ts';

/** Members that all shapes of a finding share. */
const common = (finding: LedgerFinding) => ({
  id: finding.id,
  resource: finding.resource,
  resourceType: finding.resourceType,
  resourceOwnerAccount: finding.resourceOwnerAccount,
  status: finding.status,
  createdAt: iso(finding.createdAt),
  analyzedAt: iso(finding.analyzedAt),
  updatedAt: iso(finding.updatedAt),
  ...present({ error: finding.error }),
});

const wireSources = (sources: LedgerFinding['sources']) =>
  sources?.map(({ type, ...detail }) => (Object.keys(detail).length === 0 ? { type } : { type, detail }));

/** FindingSummary and Finding (v1): everything about the access stands in the row. */
export const toFinding = (finding: LedgerFinding) => ({
  ...common(finding),
  condition: finding.condition ?? {},
  ...present({
    principal: finding.principal,
    action: finding.action,
    isPublic: finding.isPublic,
    sources: wireSources(finding.sources),
    resourceControlPolicyRestriction: finding.resourceControlPolicyRestriction,
  }),
});

/** FindingSummaryV2: none of the details. */
export const toFindingV2 = (finding: LedgerFinding) => ({
  ...common(finding),
  findingType: finding.findingType,
});

/** FindingDetails: one for most types, one a service for unused permissions; GetFindingV2 pages through them. */
export function toFindingDetails(finding: LedgerFinding): readonly object[] {
  const { detail } = finding;
  if (detail.kind === 'unused-permission') {
    return detail.services.map(({ serviceNamespace, lastAccessed, actions }) => ({
      unusedPermissionDetails: {
        serviceNamespace,
        ...present({
          lastAccessed: iso(lastAccessed),
          actions: actions?.map((each) => ({
            action: each.action,
            ...present({ lastAccessed: iso(each.lastAccessed) }),
          })),
        }),
      },
    }));
  }
  // The analysis failed: there is no access to tell of, not even a condition (User Guide, "error findings").
  if (finding.error !== undefined && detail.kind === 'external') return [{ externalAccessDetails: {} }];
  return [toSingleDetail(detail)];
}

function toSingleDetail(detail: Exclude<FindingDetail, { kind: 'unused-permission' }>): object {
  switch (detail.kind) {
    case 'external': {
      const { kind: _, sources, condition, ...rest } = detail;
      return {
        externalAccessDetails: {
          ...rest,
          condition: condition ?? {},
          ...present({ sources: wireSources(sources) }),
        },
      };
    }
    case 'internal': {
      const { kind: _, sources, ...rest } = detail;
      return { internalAccessDetails: { ...rest, ...present({ sources: wireSources(sources) }) } };
    }
    case 'unused-role':
      return { unusedIamRoleDetails: present({ lastAccessed: iso(detail.lastAccessed) }) };
    case 'unused-password':
      return { unusedIamUserPasswordDetails: present({ lastAccessed: iso(detail.lastAccessed) }) };
    case 'unused-key':
      return {
        unusedIamUserAccessKeyDetails: {
          accessKeyId: detail.accessKeyId,
          ...present({ lastAccessed: iso(detail.lastAccessed) }),
        },
      };
  }
}

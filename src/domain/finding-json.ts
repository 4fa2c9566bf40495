import type { FindingDetail } from './finding.ts';
import type { StoredFinding } from './listing.ts';

/** A finding as JSON: the SDK's names, times as ISO 8601, plus what only this program knows. Absent stays absent. */
export function toFindingJson(finding: StoredFinding): Readonly<Record<string, unknown>> {
  return {
    id: finding.id,
    findingType: finding.findingType,
    status: finding.status,
    resource: finding.resource,
    resourceType: finding.resourceType,
    resourceOwnerAccount: finding.resourceOwnerAccount,
    isPublic: finding.isPublic,
    principal: finding.principal,
    action: finding.action,
    condition: finding.condition,
    sources: finding.sources,
    error: finding.error,
    resourceControlPolicyRestriction: finding.resourceControlPolicyRestriction,
    accessKeyId: finding.accessKeyId,
    createdAt: toIso(finding.createdAt),
    analyzedAt: toIso(finding.analyzedAt),
    updatedAt: toIso(finding.updatedAt),
    region: finding.region,
    profile: finding.profile,
    analyzerArn: finding.analyzerArn,
    exposure: finding.exposureId,
    risk: finding.risk,
    firstSeenAt: toIso(finding.firstSeenAt),
    goneAt: finding.goneAt === undefined ? undefined : toIso(finding.goneAt),
  };
}

/** A finding as JSON, with its detail where the store has it. */
export const toWholeFindingJson = (finding: StoredFinding): Readonly<Record<string, unknown>> => ({
  ...toFindingJson(finding),
  ...(finding.detail === undefined ? {} : { findingDetails: toDetailJson(finding.detail) }),
});

/** The detail of a finding as JSON, times as ISO 8601. */
function toDetailJson(detail: FindingDetail): unknown {
  return JSON.parse(
    JSON.stringify(detail, (key, value: unknown) =>
      key === 'lastAccessed' && typeof value === 'number' ? toIso(value) : value,
    ),
  );
}

/**
 * The last times that were made, each in the slot that follows from it: findings of a list share many, and `toISOString`
 * would be a quarter of the work of a long one.
 */
const SLOTS = 4_099;
const madeFrom = new Float64Array(SLOTS).fill(Number.NaN);
const made: string[] = [];

export function toIso(epochMs: number): string {
  const slot = Math.abs(Math.trunc(epochMs)) % SLOTS;
  const known = madeFrom[slot] === epochMs ? made[slot] : undefined;
  if (known !== undefined) return known;
  const text = new Date(epochMs).toISOString();
  madeFrom[slot] = epochMs;
  made[slot] = text;
  return text;
}

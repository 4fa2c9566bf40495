import { FINDING_STATUSES } from '../domain/finding.ts';
import type { ExposureRow, StoredFinding } from '../domain/listing.ts';
import { riskLevel } from '../domain/risk.ts';
import { isNeverUsed } from '../domain/usage.ts';
import { whatText } from '../domain/words.ts';

/** What stands beside an exposure's findings. */
export interface ExposureNotes {
  readonly risk: number;
  readonly fixedAt: number | undefined;
  readonly hasDecision: boolean;
}

/** The finding that speaks for the row: of the most open status the latest, whichever came into the store first. */
function speaker(findings: readonly [StoredFinding, ...StoredFinding[]]): StoredFinding {
  const rank = (finding: StoredFinding): number => FINDING_STATUSES.indexOf(finding.status);
  return findings.reduce((best, finding) => {
    const order = rank(finding) - rank(best) || best.updatedAt - finding.updatedAt;
    return order < 0 || (order === 0 && finding.id < best.id) ? finding : best;
  });
}

function statusOf(findings: readonly StoredFinding[]): ExposureRow['status'] {
  const statuses = new Set(findings.map((finding) => finding.status));
  const [only] = statuses;
  return statuses.size === 1 && only !== undefined ? only : 'MIXED';
}

/** A row of the list from those of its findings that it is to show; undefined: none. */
export function toExposureRow(
  findings: readonly StoredFinding[],
  notes: ExposureNotes,
): ExposureRow | undefined {
  const [first, ...rest] = findings;
  if (first === undefined) return undefined;
  const said = speaker([first, ...rest]);
  const detail = said.detail ?? findings.find((finding) => finding.detail !== undefined)?.detail;
  return {
    exposureId: said.exposureId,
    risk: notes.risk,
    riskLevel: riskLevel(notes.risk),
    findingType: said.findingType,
    resource: said.resource,
    resourceType: said.resourceType,
    account: said.resourceOwnerAccount,
    principal: said.principal,
    action: said.action,
    condition: said.condition,
    isPublic: findings.some((finding) => finding.isPublic === true),
    error: said.error,
    what: whatText(detail),
    neverUsed: isNeverUsed(detail),
    findings: findings.length,
    regions: [...new Set(findings.map((finding) => finding.region))].sort(),
    status: statusOf(findings),
    createdAt: Math.min(...findings.map((finding) => finding.createdAt)),
    updatedAt: Math.max(...findings.map((finding) => finding.updatedAt)),
    firstSeenAt: Math.min(...findings.map((finding) => finding.firstSeenAt)),
    fixedAt: notes.fixedAt,
    hasDecision: notes.hasDecision,
  };
}

import { exposureIdOf } from '../../../src/domain/exposure.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import type { StoredFinding } from '../../../src/domain/listing.ts';
import { scoreRisk } from '../../../src/domain/risk.ts';

export const NOW = Date.UTC(2026, 5, 1, 12);
export const DAY = 86_400_000;
export const ACCOUNT = '123456789012';

export const analyzerArn = (region: string, name = 'main'): string =>
  `arn:aws:access-analyzer:${region}:${ACCOUNT}:analyzer/${name}`;

/** A finding with sensible facts; its exposure follows from them. */
export function aFinding(id: string, change: Partial<Finding> & Partial<StoredFinding> = {}): StoredFinding {
  const region = change.region ?? 'us-east-1';
  const finding: Finding = {
    profile: 'default',
    region,
    analyzerArn: analyzerArn(region),
    id,
    findingType: 'ExternalAccess',
    status: 'ACTIVE',
    resource: `arn:aws:s3:::bucket-${id}`,
    resourceType: 'AWS::S3::Bucket',
    resourceOwnerAccount: ACCOUNT,
    createdAt: NOW - 3 * DAY,
    analyzedAt: NOW - DAY,
    updatedAt: NOW - DAY,
    isPublic: false,
    principal: { AWS: 'arn:aws:iam::444455556666:root' },
    action: ['s3:GetObject'],
    condition: {},
    ...change,
  };
  return {
    exposureId: exposureIdOf(finding),
    risk: scoreRisk({ ...finding, knownAccounts: new Set() }).score,
    firstSeenAt: NOW - 2 * DAY,
    goneAt: undefined,
    detail: undefined,
    ...finding,
  };
}

/** `f001`, `f002`, …: in the default order (same risk, older first) they stand in the order of their numbers. */
export const manyFindings = (count: number, change: Partial<Finding> = {}): readonly StoredFinding[] =>
  Array.from({ length: count }, (_, index) => {
    const id = `f${String(index + 1).padStart(3, '0')}`;
    return aFinding(id, { createdAt: NOW - (count - index) * DAY, ...change });
  });

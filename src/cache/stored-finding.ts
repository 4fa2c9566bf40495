import type { Finding, FindingDetail } from '../domain/finding.ts';
import type { StoredFinding } from '../domain/listing.ts';
import type { Analyzers } from './analyzers.ts';
import { statusOfCode, typeOfCode } from './codes.ts';
import type { AccessFacts } from './facts-text.ts';
import type { Names } from './names.ts';

/** A finding as the queries select it: `f` finding, `e` exposure, `c` cohort, `x` facts, `d` detail. */
export interface FindingRow {
  readonly rowId: number;
  readonly exposureRow: number;
  readonly awsId: string;
  readonly exposureKey: string;
  readonly analyzer: number;
  readonly account: number;
  readonly type: number;
  readonly resourceType: number;
  readonly resource: string;
  readonly status: number;
  readonly createdAt: number;
  readonly analyzedAt: number;
  readonly updatedAt: number;
  readonly firstSeenAt: number;
  readonly goneAt: number | null;
  readonly exposureRisk: number;
  readonly facts: string;
  readonly detail: string | null;
}

export const FINDING_COLUMNS = `f.id AS rowId, f.exposure AS exposureRow, f.aws_id AS awsId, e.key AS exposureKey,
  f.analyzer, f.account, c.type, c.resource_type AS resourceType, e.resource, f.status, f.created_at AS createdAt,
  f.analyzed_at AS analyzedAt, f.updated_at AS updatedAt, f.first_seen_at AS firstSeenAt, f.gone_at AS goneAt,
  e.risk AS exposureRisk, x.body AS facts, d.body AS detail`;

/** A detail counts only while the finding is as it was when the detail was fetched. */
export const FINDING_TABLES = `finding f
  JOIN exposure e ON e.id = f.exposure
  JOIN cohort c ON c.id = e.cohort
  JOIN facts x ON x.id = f.facts
  LEFT JOIN detail d ON d.finding = f.id AND d.updated_at = f.updated_at`;

export interface FindingReaders {
  readonly analyzers: Analyzers;
  readonly names: Names;
}

export function toStoredFinding(row: FindingRow, { analyzers, names }: FindingReaders): StoredFinding {
  const analyzer = analyzers.rowOf(row.analyzer);
  const finding: Finding = {
    profile: analyzer.profile,
    region: analyzer.region,
    analyzerArn: analyzer.arn,
    id: row.awsId,
    findingType: typeOfCode(row.type),
    status: statusOfCode(row.status),
    resource: row.resource,
    resourceType: names.textOf(row.resourceType),
    resourceOwnerAccount: names.textOf(row.account),
    createdAt: row.createdAt,
    analyzedAt: row.analyzedAt,
    updatedAt: row.updatedAt,
    ...(JSON.parse(row.facts) as AccessFacts),
  };
  return {
    ...finding,
    exposureId: row.exposureKey,
    risk: row.exposureRisk,
    firstSeenAt: row.firstSeenAt,
    goneAt: row.goneAt ?? undefined,
    detail: row.detail === null ? undefined : (JSON.parse(row.detail) as FindingDetail),
  };
}

import type { FindingDetail } from '../domain/finding.ts';
import type { StoredFinding } from '../domain/listing.ts';
import type { Analyzers } from './analyzers.ts';
import { statusOfCode, typeOfCode } from './codes.ts';
import type { Cohorts } from './cohorts.ts';
import type { FactsTable } from './facts.ts';
import type { Names } from './names.ts';

/** A finding as the queries select it: `f` finding, `e` exposure, `d` detail. */
export interface FindingRow {
  readonly rowId: number;
  readonly exposureRow: number;
  readonly awsId: string;
  readonly exposureKey: string;
  readonly analyzer: number;
  readonly account: number;
  readonly cohort: number;
  readonly resource: string;
  readonly status: number;
  readonly createdAt: number;
  readonly analyzedAt: number;
  readonly updatedAt: number;
  readonly firstSeenAt: number;
  readonly goneAt: number | null;
  readonly exposureRisk: number;
  readonly facts: number;
  readonly detail: string | null;
}

export const FINDING_COLUMNS = `f.id AS rowId, f.exposure AS exposureRow, f.aws_id AS awsId, e.key AS exposureKey,
  f.analyzer, f.account, e.cohort, e.resource, e.risk AS exposureRisk, f.status, f.created_at AS createdAt,
  f.analyzed_at AS analyzedAt, f.updated_at AS updatedAt, f.first_seen_at AS firstSeenAt, f.gone_at AS goneAt,
  f.facts, d.body AS detail`;

/** What a filter's SQL asks beside finding, exposure and detail; facts and cohorts are otherwise remembered, not joined. */
export const joinsOf = (predicate: string): string =>
  [
    /\bx\./.test(predicate) ? 'CROSS JOIN facts x ON x.id = f.facts' : '',
    /\bc\./.test(predicate) ? 'CROSS JOIN cohort c ON c.id = e.cohort' : '',
  ].join(' ');

/** A detail counts only while the finding is as it was when the detail was fetched. */
export const DETAIL_JOIN = 'LEFT JOIN detail d ON d.finding = f.id AND d.updated_at = f.updated_at';

export const findingTables = (predicate: string): string =>
  `finding f JOIN exposure e ON e.id = f.exposure ${joinsOf(predicate)} ${DETAIL_JOIN}`;

/** The same without a filter. */
export const FINDING_TABLES = findingTables('');

export interface FindingReaders {
  readonly analyzers: Analyzers;
  readonly names: Names;
  readonly facts: FactsTable;
  readonly cohorts: Cohorts;
}

export function toStoredFinding(
  row: FindingRow,
  { analyzers, names, facts, cohorts }: FindingReaders,
): StoredFinding {
  const analyzer = analyzers.rowOf(row.analyzer);
  const kind = cohorts.kindOf(row.cohort);
  return {
    profile: analyzer.profile,
    region: analyzer.region,
    analyzerArn: analyzer.arn,
    id: row.awsId,
    findingType: typeOfCode(kind.type),
    status: statusOfCode(row.status),
    resource: row.resource,
    resourceType: names.textOf(kind.resourceType),
    resourceOwnerAccount: names.textOf(row.account),
    createdAt: row.createdAt,
    analyzedAt: row.analyzedAt,
    updatedAt: row.updatedAt,
    exposureId: row.exposureKey,
    risk: row.exposureRisk,
    firstSeenAt: row.firstSeenAt,
    goneAt: row.goneAt ?? undefined,
    detail: row.detail === null ? undefined : (JSON.parse(row.detail) as FindingDetail),
    ...facts.bodyOf(row.facts),
  };
}

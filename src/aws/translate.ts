import type {
  AnalyzerSummary,
  ArchiveRuleSummary,
  Criterion as SdkCriterion,
  FindingSource as SdkSource,
  FindingSummary,
  FindingSummaryV2,
} from '@aws-sdk/client-accessanalyzer';
import { ANALYZER_TYPES, type Analyzer } from '../domain/analyzer.ts';
import type { ArchiveRule, Criteria, Criterion } from '../domain/archive-rule.ts';
import {
  FINDING_STATUSES,
  FINDING_TYPES,
  type Finding,
  type FindingScope,
  type FindingSource,
} from '../domain/finding.ts';

/** Properties that are set only where the service sent them. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** What was left out of an answer because this version does not know it, as one sentence each. */
export type ReportOddity = (sentence: string) => void;

const TYPES: ReadonlySet<string> = new Set(FINDING_TYPES);
const STATUSES: ReadonlySet<string> = new Set(FINDING_STATUSES);
const KINDS_OF_ANALYZER: ReadonlySet<string> = new Set(ANALYZER_TYPES);

/** 0 where the service sent none: an unknown time sorts as the oldest. */
const toTime = (date: Date | undefined): number => date?.getTime() ?? 0;

type Row = FindingSummary | FindingSummaryV2;

/**
 * A row of ListFindings (v1: external access, with principal, action and condition) or of ListFindingsV2 (all types,
 * without them). `undefined` for a row without id, or of a type or status that this version does not know; `report` hears why.
 */
export function toFinding(row: Row, scope: FindingScope, report: ReportOddity): Finding | undefined {
  const type = 'findingType' in row ? row.findingType : 'ExternalAccess';
  if (row.id === undefined) return odd(report, 'a finding without an id');
  if (type === undefined || !TYPES.has(type))
    return odd(report, `a finding of the unknown type ${String(type)}`);
  if (row.status === undefined || !STATUSES.has(row.status)) {
    return odd(report, `a finding with the unknown status ${String(row.status)}`);
  }
  const finding: Draft<Finding> = {
    profile: scope.profile,
    region: scope.region,
    analyzerArn: scope.analyzerArn,
    id: row.id,
    findingType: type,
    status: row.status,
    resource: row.resource ?? '',
    resourceType: row.resourceType ?? '',
    resourceOwnerAccount: row.resourceOwnerAccount ?? '',
    createdAt: toTime(row.createdAt),
    analyzedAt: toTime(row.analyzedAt),
    updatedAt: toTime(row.updatedAt),
  };
  if (row.error !== undefined) finding.error = row.error;
  if (!('findingType' in row)) copyExternal(row as FindingSummary, finding);
  return finding;
}

function odd(report: ReportOddity, what: string): undefined {
  report(`Left out ${what}.`);
  return undefined;
}

function copyExternal(row: FindingSummary, finding: Draft<Finding>): void {
  if (row.isPublic !== undefined) finding.isPublic = row.isPublic;
  if (row.principal !== undefined) finding.principal = row.principal;
  if (row.action !== undefined) finding.action = row.action;
  if (row.condition !== undefined) finding.condition = row.condition;
  if (row.sources !== undefined) finding.sources = row.sources.map(toSource);
  if (row.resourceControlPolicyRestriction !== undefined) {
    finding.resourceControlPolicyRestriction = row.resourceControlPolicyRestriction;
  }
}

export function toSource(source: SdkSource): FindingSource {
  const { accessPointArn, accessPointAccount } = source.detail ?? {};
  return {
    type: source.type ?? 'UNKNOWN',
    ...(accessPointArn === undefined ? {} : { accessPointArn }),
    ...(accessPointAccount === undefined ? {} : { accessPointAccount }),
  };
}

/** `undefined` for an analyzer without ARN or of a type this version does not know; `report` hears why. */
export function toAnalyzer(
  summary: AnalyzerSummary,
  at: { readonly profile: string; readonly region: string },
  report: ReportOddity,
): Analyzer | undefined {
  const { arn, type } = summary;
  if (arn === undefined) return odd(report, 'an analyzer without an ARN');
  if (type === undefined || !KINDS_OF_ANALYZER.has(type)) {
    return odd(report, `the analyzer ${arn} of the unknown type ${String(type)}`);
  }
  const analyzer: Draft<Analyzer> = {
    profile: at.profile,
    region: at.region,
    arn,
    name: summary.name ?? arn.slice(arn.lastIndexOf('/') + 1),
    type,
    status: summary.status ?? 'ACTIVE',
    createdAt: toTime(summary.createdAt),
  };
  if (summary.statusReason?.code !== undefined) analyzer.statusReason = summary.statusReason.code;
  if (summary.lastResourceAnalyzed !== undefined)
    analyzer.lastResourceAnalyzed = summary.lastResourceAnalyzed;
  if (summary.lastResourceAnalyzedAt !== undefined)
    analyzer.lastResourceAnalyzedAt = toTime(summary.lastResourceAnalyzedAt);
  if (summary.managedBy !== undefined) analyzer.managedBy = summary.managedBy;
  if (summary.tags !== undefined) analyzer.tags = summary.tags;
  const age = summary.configuration?.unusedAccess?.unusedAccessAge;
  if (age !== undefined) analyzer.unusedAccessAge = age;
  return analyzer;
}

export function toArchiveRule(
  summary: ArchiveRuleSummary,
  of: { readonly profile: string; readonly region: string; readonly arn: string },
): ArchiveRule {
  return {
    profile: of.profile,
    region: of.region,
    analyzerArn: of.arn,
    ruleName: summary.ruleName ?? '',
    filter: toCriteria(summary.filter ?? {}),
    createdAt: toTime(summary.createdAt),
    updatedAt: toTime(summary.updatedAt),
  };
}

function toCriteria(filter: Record<string, SdkCriterion>): Criteria {
  return Object.fromEntries(Object.entries(filter).map(([key, criterion]) => [key, toCriterion(criterion)]));
}

function toCriterion({ eq, neq, contains, exists }: SdkCriterion): Criterion {
  return {
    ...(eq === undefined ? {} : { eq }),
    ...(neq === undefined ? {} : { neq }),
    ...(contains === undefined ? {} : { contains }),
    ...(exists === undefined ? {} : { exists }),
  };
}

export function fromCriteria(criteria: Criteria): Record<string, SdkCriterion> {
  return Object.fromEntries(
    Object.entries(criteria).map(([key, criterion]) => [key, fromCriterion(criterion)]),
  );
}

function fromCriterion({ eq, neq, contains, exists }: Criterion): SdkCriterion {
  return {
    ...(eq === undefined ? {} : { eq: [...eq] }),
    ...(neq === undefined ? {} : { neq: [...neq] }),
    ...(contains === undefined ? {} : { contains: [...contains] }),
    ...(exists === undefined ? {} : { exists }),
  };
}

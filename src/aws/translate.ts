import type {
  AnalyzerSummary,
  ArchiveRuleSummary,
  Criterion as SdkCriterion,
  FindingSource as SdkSource,
} from '@aws-sdk/client-accessanalyzer';
import { ANALYZER_TYPES, type Analyzer } from '../domain/analyzer.ts';
import type { ArchiveRule, Criteria, Criterion } from '../domain/archive-rule.ts';
import {
  FINDING_STATUSES,
  FINDING_TYPES,
  type Finding,
  type FindingScope,
  type FindingSource,
  type FindingStatus,
  type FindingType,
} from '../domain/finding.ts';
import type { RawRow } from './raw-rows.ts';

/** Properties that are set only where the service sent them. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** What was left out of an answer because this version does not know it, as one sentence each. */
export type ReportOddity = (sentence: string) => void;

const TYPES: ReadonlySet<unknown> = new Set(FINDING_TYPES);
const STATUSES: ReadonlySet<unknown> = new Set(FINDING_STATUSES);
const KINDS_OF_ANALYZER: ReadonlySet<string> = new Set(ANALYZER_TYPES);

/** Epoch ms of a time as the SDK (Date) or the wire (ISO 8601) has it; 0 where there is none: it sorts as the oldest. */
function toTime(time: unknown): number {
  const value = typeof time === 'string' ? Date.parse(time) : time instanceof Date ? time.getTime() : NaN;
  return Number.isNaN(value) ? 0 : value;
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : '');

const isMap = (value: unknown): value is Readonly<Record<string, string>> =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((each) => typeof each === 'string');

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

/**
 * A row of ListFindings (v1: external access, with principal, action and condition) or of ListFindingsV2 (all types,
 * without them). `undefined` for a row without id, or of a type or status that this version does not know; `report` hears why.
 */
export function toFinding(row: RawRow, scope: FindingScope, report: ReportOddity): Finding | undefined {
  const { id, findingType, status } = row;
  if (typeof id !== 'string') return odd(report, 'a finding without an id');
  if (!isFindingType(findingType)) return odd(report, `a finding of the unknown type ${nameOf(findingType)}`);
  if (!isStatus(status)) return odd(report, `a finding with the unknown status ${nameOf(status)}`);
  const finding: Draft<Finding> = {
    profile: scope.profile,
    region: scope.region,
    analyzerArn: scope.analyzerArn,
    id,
    findingType,
    status,
    resource: toText(row['resource']),
    resourceType: toText(row['resourceType']),
    resourceOwnerAccount: toText(row['resourceOwnerAccount']),
    createdAt: toTime(row['createdAt']),
    analyzedAt: toTime(row['analyzedAt']),
    updatedAt: toTime(row['updatedAt']),
  };
  if (typeof row['error'] === 'string') finding.error = row['error'];
  if (findingType === 'ExternalAccess') copyExternal(row, finding);
  return finding;
}

/** ListFindings (v1) lists external access only and does not say so in its rows. */
export const toExternalFinding = (
  row: RawRow,
  scope: FindingScope,
  report: ReportOddity,
): Finding | undefined => toFinding({ ...row, findingType: 'ExternalAccess' }, scope, report);

const isFindingType = (value: unknown): value is FindingType => TYPES.has(value);
const isStatus = (value: unknown): value is FindingStatus => STATUSES.has(value);
const nameOf = (value: unknown): string => (typeof value === 'string' ? value : 'none');

function odd(report: ReportOddity, what: string): undefined {
  report(`Left out ${what}.`);
  return undefined;
}

function copyExternal(row: RawRow, finding: Draft<Finding>): void {
  const { isPublic, principal, action, condition, sources, resourceControlPolicyRestriction } = row;
  if (typeof isPublic === 'boolean') finding.isPublic = isPublic;
  if (isMap(principal)) finding.principal = principal;
  if (isTexts(action)) finding.action = action;
  if (isMap(condition)) finding.condition = condition;
  if (Array.isArray(sources)) finding.sources = (sources as SdkSource[]).map(toSource);
  if (typeof resourceControlPolicyRestriction === 'string') {
    finding.resourceControlPolicyRestriction = resourceControlPolicyRestriction;
  }
}

export function toSource(source: SdkSource): FindingSource {
  const { accessPointArn, accessPointAccount } = source.detail ?? {};
  return {
    type: source.type ?? 'UNKNOWN',
    ...(typeof accessPointArn === 'string' ? { accessPointArn } : {}),
    ...(typeof accessPointAccount === 'string' ? { accessPointAccount } : {}),
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

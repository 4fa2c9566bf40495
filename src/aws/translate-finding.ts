import type { FindingSource as SdkSource } from '@aws-sdk/client-accessanalyzer';
import {
  FINDING_STATUSES,
  FINDING_TYPES,
  type Finding,
  type FindingScope,
  type FindingSource,
  type FindingStatus,
  type FindingType,
} from '../domain/finding.ts';
import { cleanText } from '../domain/text.ts';
import type { RawRow } from './raw-rows.ts';
import { odd, toTime, type Draft, type ReportOddity } from './translate.ts';

const TYPES: ReadonlySet<unknown> = new Set(FINDING_TYPES);
const STATUSES: ReadonlySet<unknown> = new Set(FINDING_STATUSES);

const toText = (value: unknown): string => (typeof value === 'string' ? value : '');

const isMap = (value: unknown): value is Readonly<Record<string, string>> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((each) => typeof each === 'string');

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

/**
 * A row of ListFindings (v1: external access, with principal, action and condition) or of ListFindingsV2 (all types,
 * without them). `undefined` for a row without id, or of a type or status that this version does not know; `report` hears why.
 */
export const toFinding: ToFinding = (row, scope, report) =>
  toFindingOfType(row, row['findingType'], scope, report);

/** ListFindings (v1) lists external access only and does not say so in its rows. */
export const toExternalFinding: ToFinding = (row, scope, report) =>
  toFindingOfType(row, 'ExternalAccess', scope, report);

type ToFinding = (row: RawRow, scope: FindingScope, report: ReportOddity) => Finding | undefined;

function toFindingOfType(
  row: RawRow,
  findingType: unknown,
  scope: FindingScope,
  report: ReportOddity,
): Finding | undefined {
  const { id, status } = row;
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

const isFindingType = (value: unknown): value is FindingType => TYPES.has(value);
const isStatus = (value: unknown): value is FindingStatus => STATUSES.has(value);
const nameOf = (value: unknown): string => (typeof value === 'string' ? cleanText(value) : 'none');

function copyExternal(row: RawRow, finding: Draft<Finding>): void {
  const { isPublic, principal, action, condition, sources, resourceControlPolicyRestriction } = row;
  if (typeof isPublic === 'boolean') finding.isPublic = isPublic;
  if (isMap(principal)) finding.principal = principal;
  if (isTexts(action)) finding.action = action;
  if (isMap(condition)) finding.condition = condition;
  if (Array.isArray(sources))
    finding.sources = (sources as (SdkSource | null)[]).flatMap((each) =>
      each === null ? [] : toSource(each),
    );
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

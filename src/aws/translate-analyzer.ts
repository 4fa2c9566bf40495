import type { AnalyzerSummary } from '@aws-sdk/client-accessanalyzer';
import { ANALYZER_TYPES, type Analyzer } from '../domain/analyzer.ts';
import { odd, toTime, type Draft, type ReportOddity } from './translate.ts';

const KINDS_OF_ANALYZER: ReadonlySet<string> = new Set(ANALYZER_TYPES);

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

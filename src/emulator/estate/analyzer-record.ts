import type { AnalyzerStatus, AnalyzerType } from '../../domain/analyzer.ts';
import type {
  ArchiveRuleSpec,
  AnalysisExclusion,
  AnalysisInclusion,
  AnalyzerView,
} from '../world/finding.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { RecommendationRecord } from './recommendation-record.ts';

export interface AnalyzerRecord {
  readonly arn: string;
  readonly name: string;
  readonly type: AnalyzerType;
  readonly account: string;
  readonly region: string;
  readonly createdAt: number;
  status: AnalyzerStatus;
  statusReason?: string;
  readonly managedBy?: string;
  tags: Readonly<Record<string, string>>;
  configuration: AnalyzerConfiguration;
  /** By name. */
  readonly archiveRules: Map<string, ArchiveRuleSpec>;
  readonly ledger: Ledger;
  /** By finding id. */
  readonly recommendations: Map<string, RecommendationRecord>;
  /** ARN of the resource looked at last, and when. */
  lastAnalyzed?: { readonly resource: string; readonly at: number };
}

export interface AnalyzerConfiguration {
  /** Days; unused access only. */
  readonly unusedAccessAge?: number;
  readonly exclusions?: readonly AnalysisExclusion[];
  readonly inclusions?: readonly AnalysisInclusion[];
}

/** What derivation reads of it. */
export const viewOf = (record: AnalyzerRecord): AnalyzerView => ({
  arn: record.arn,
  type: record.type,
  account: record.account,
  region: record.region,
  createdAt: record.createdAt,
  ...record.configuration,
});

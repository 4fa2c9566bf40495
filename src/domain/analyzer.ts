/** Analyzers and what is known of each Region. */
export const ANALYZER_TYPES = [
  'ACCOUNT',
  'ORGANIZATION',
  'ACCOUNT_UNUSED_ACCESS',
  'ORGANIZATION_UNUSED_ACCESS',
  'ACCOUNT_INTERNAL_ACCESS',
  'ORGANIZATION_INTERNAL_ACCESS',
] as const;
export type AnalyzerType = (typeof ANALYZER_TYPES)[number];

export type AnalyzerStatus = 'ACTIVE' | 'CREATING' | 'DISABLED' | 'FAILED';

/** What an analyzer looks for; three kinds, each for an account or an organization. */
export type AnalyzerKind = 'external' | 'unused' | 'internal';

export interface Analyzer {
  readonly profile: string;
  readonly region: string;
  readonly arn: string;
  readonly name: string;
  readonly type: AnalyzerType;
  readonly status: AnalyzerStatus;
  /** Why it is not ACTIVE, in the service's code, e.g. AWS_SERVICE_ACCESS_DISABLED. */
  readonly statusReason?: string;
  readonly createdAt: number;
  readonly lastResourceAnalyzed?: string;
  readonly lastResourceAnalyzedAt?: number;
  /** A service-linked analyzer, for instance Security Hub's, names its service here. */
  readonly managedBy?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Days, 1–365; from GetAnalyzer only. */
  readonly unusedAccessAge?: number;
}

/** What kind of access an analyzer of this type looks for. */
export function analyzerKind(type: AnalyzerType): AnalyzerKind {
  if (type.endsWith('_UNUSED_ACCESS')) return 'unused';
  return type.endsWith('_INTERNAL_ACCESS') ? 'internal' : 'external';
}

export const isOrganizationAnalyzer = (type: AnalyzerType): boolean => type.startsWith('ORGANIZATION');

export const REGION_STATUSES = ['ok', 'no-analyzer', 'not-enabled', 'denied', 'throttled', 'failed'] as const;
/** How the last look at a Region ended. */
export type RegionStatus = (typeof REGION_STATUSES)[number];

export interface RegionOutcome {
  readonly profile: string;
  readonly region: string;
  readonly status: RegionStatus;
  /** Account of the caller; absent when it could not be asked. */
  readonly accountId?: string;
  /** What went wrong, as one sentence. */
  readonly error?: string;
  readonly hint?: string;
  /** When this outcome was seen, and when the Region was last seen whole (status ok or no-analyzer). */
  readonly at: number;
  readonly lastOkAt?: number;
}

/** Statuses under which findings may exist that the store does not hold. */
export const isUnseen = (status: RegionStatus): boolean =>
  status === 'denied' || status === 'throttled' || status === 'failed';

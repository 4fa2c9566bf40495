import type { Analyzer, RegionOutcome } from './analyzer.ts';
import type { Decision } from './decision.ts';
import type { ExposureId } from './exposure.ts';
import type { Expr, FilterContext } from './filter/ast.ts';
import type { Finding, FindingDetail, FindingStatus, FindingType } from './finding.ts';

/** What the list asks of the store, and what it gets. */
export const SORT_KEYS = ['risk', 'age', 'updated', 'resource', 'type', 'account', 'region'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** Whether it stands descending as a person expects it first: riskiest, oldest, latest, A to Z. */
export const FALLS: Readonly<Record<SortKey, boolean>> = {
  risk: true,
  age: true,
  updated: true,
  resource: false,
  type: false,
  account: false,
  region: false,
};

export const DEFAULT_SORT: Sort = { key: 'risk', descending: true };

export interface ListQuery {
  readonly filter: Expr;
  readonly sort: Sort;
  readonly context: FilterContext;
}

/**
 * One row: an exposure with those of its findings that match the filter. A key acts on exactly these findings, so what
 * a row shows is what a command touches.
 */
export interface ExposureRow {
  readonly exposureId: ExposureId;
  /** 0–100, and 1–4 dots. */
  readonly risk: number;
  readonly riskLevel: 1 | 2 | 3 | 4;
  readonly findingType: FindingType;
  readonly resource: string;
  readonly resourceType: string;
  readonly account: string;
  readonly principal: Readonly<Record<string, string>> | undefined;
  readonly action: readonly string[] | undefined;
  readonly condition: Readonly<Record<string, string>> | undefined;
  readonly isPublic: boolean;
  readonly error: string | undefined;
  /** Short text for WHO / WHAT of unused access when its detail is known ("AKIA…0002", "s3 2 actions · bedrock"). */
  readonly what: string | undefined;
  readonly neverUsed: boolean | undefined;
  /** Over the matching findings. */
  readonly findings: number;
  readonly regions: readonly string[];
  /** The one status, or 'MIXED'. */
  readonly status: FindingStatus | 'MIXED';
  /** Oldest creation and latest update, epoch ms. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly firstSeenAt: number;
  /** A fix was applied and its proof is awaited (since, epoch ms). */
  readonly fixedAt: number | undefined;
  readonly hasDecision: boolean;
}

export interface ListCounts {
  readonly exposures: number;
  readonly findings: number;
  readonly publicFindings: number;
}

/** A finding as the store gives it back: what AWS said, and what this program knows beside it. */
export interface StoredFinding extends Finding {
  readonly exposureId: ExposureId;
  /** 0–100, of the exposure. */
  readonly risk: number;
  readonly firstSeenAt: number;
  /** AWS no longer lists it (epoch ms of the pass that noticed). */
  readonly goneAt: number | undefined;
  /** Kept by (id, updatedAt): absent when none was fetched since the finding last changed. */
  readonly detail: FindingDetail | undefined;
}

export interface ExposureDetail {
  readonly row: ExposureRow;
  /** All findings of the exposure, whatever the filter. */
  readonly findings: readonly StoredFinding[];
  readonly analyzers: readonly Analyzer[];
  readonly decision: Decision | undefined;
  /** An error finding stands for the same resource: RESOLVED is then not proven (ACCESS-ANALYZER notes). */
  readonly errorFindings: number;
}

export interface AnalyzerCounts {
  readonly active: number;
  readonly archived: number;
  readonly resolved: number;
  /** Of the active ones. */
  readonly public: number;
}

/** The store as a whole: what the header, the Analyzers screen and `doctor` say. */
export interface StoreSummary {
  readonly analyzers: readonly (Analyzer & { readonly counts: AnalyzerCounts })[];
  readonly regions: readonly RegionOutcome[];
  /** End of the last pass that looked at every Region asked for; undefined: never. */
  readonly lastSyncAt: number | undefined;
  readonly journalEntries: number;
  readonly archiveRules: number;
}

export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

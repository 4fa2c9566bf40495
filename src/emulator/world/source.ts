import type { FindingStatus } from '../../domain/finding.ts';
import type { AnalyzerSpec, AnalyzerView, WorldFinding } from './finding.ts';

/**
 * Two ways to hold the findings of a world. A derived world is looked at again and again (`DerivedFindings`, over
 * derive.ts), and its ledger remembers ids and statuses. A plain world of a million findings is a pure function of
 * (analyzer, index): nothing but what was changed is ever kept.
 */
export type FindingSource = DerivedFindings | IndexedFindings;

export interface DerivedFindings {
  readonly kind: 'derived';
  /** Analyzers to start with. */
  readonly analyzers: readonly AnalyzerSpec[];
  /**
   * What changed between the ledger's first look and now, by time: apply one, let every analyzer look again at its
   * `at`, go on with the next. This is where the RESOLVED findings of the start come from.
   */
  readonly history?: readonly WorldChange[];
  /** Everything the analyzer finds in the world as it is now. */
  findings(analyzer: AnalyzerView): Iterable<WorldFinding>;
  /** The same for one resource: what StartResourceScan looks at. Empty for a resource that is not there (any more). */
  findingsOf(analyzer: AnalyzerView, resourceArn: string): Iterable<WorldFinding>;
}

export interface WorldChange {
  /** Epoch ms. */
  readonly at: number;
  readonly apply: () => void;
}

/** Pure: the same arguments always give equal answers; nothing is held per finding. */
export interface IndexedFindings {
  readonly kind: 'indexed';
  readonly analyzers: readonly AnalyzerSpec[];
  /** 0 for an analyzer that is not of this world. */
  count(analyzerArn: string): number;
  /** 0 ≤ index < count, in the service's default order; outside it throws RangeError. */
  at(analyzerArn: string, index: number): IndexedFinding;
  /** Index of an id; undefined when no finding of this analyzer has it. The inverse of `at(arn, index).id`. */
  indexOf(analyzerArn: string, id: string): number | undefined;
}

/** A finding with what the ledger would have given it, as it stands before anyone changes it. */
export interface IndexedFinding extends WorldFinding {
  /** UUID. */
  readonly id: string;
  readonly status: FindingStatus;
  readonly analyzedAt: number;
  readonly updatedAt: number;
}

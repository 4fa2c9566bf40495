import type { Analyzer, RegionOutcome } from '../domain/analyzer.ts';
import type { ArchiveRule, Criteria } from '../domain/archive-rule.ts';
import type { Finding, FindingDetail, FindingRef } from '../domain/finding.ts';

/** What sync needs of the far side. Filled by src/aws; errors are thrown as ProblemError. */
export interface Gateway {
  /** Profiles to ask ('default' where none is named) and the Regions of each, in a stable order. */
  readonly targets: readonly Target[];
  /** Account id of the caller in a profile (STS GetCallerIdentity), asked once. */
  callerAccount(profile: string, signal?: AbortSignal): Promise<string>;
  /** One Region as one profile sees it. Cheap: no request is made before a method is called. */
  at(target: Target): RegionGateway;
  /** Requests sent so far, retries included. */
  readonly requests: number;
  /** What was left out of answers because this version does not know it; each sentence once. */
  readonly oddities?: readonly string[];
}

export interface Target {
  readonly profile: string;
  readonly region: string;
}

export interface FindingPage {
  readonly findings: readonly Finding[];
  /** Token of the page after this one; undefined: this was the last. */
  readonly nextToken: string | undefined;
}

export interface ListOptions {
  readonly filter?: Criteria;
  readonly sort?: { readonly attributeName: string; readonly orderBy: 'ASC' | 'DESC' };
  /** Where to go on. */
  readonly startToken?: string;
  /** Findings a page; the far side may send fewer. */
  readonly pageSize?: number;
  readonly signal?: AbortSignal;
}

export interface RegionGateway {
  listAnalyzers(signal?: AbortSignal): Promise<readonly Analyzer[]>;
  /** ListAnalyzers leaves out the configuration; this has it. */
  getAnalyzer(analyzer: Analyzer, signal?: AbortSignal): Promise<Analyzer>;
  /** External analyzers through ListFindings (v1), the rest through ListFindingsV2; one page is held at a time. */
  listFindings(analyzer: Analyzer, options?: ListOptions): AsyncIterable<FindingPage>;
  /**
   * GetFindingV2 with all its detail pages; paced per account and Region. `undefined`: no such finding any more.
   * `onSent` is called when its turn has come and the first request goes out.
   */
  getFinding(
    ref: FindingRef,
    signal?: AbortSignal,
    onSent?: () => void,
  ): Promise<{ finding: Finding; detail: FindingDetail | undefined } | undefined>;
  listArchiveRules(analyzer: Analyzer, signal?: AbortSignal): Promise<readonly ArchiveRule[]>;
}

/** What sync needs of the store. Filled by src/cache. All methods are synchronous: node:sqlite is. */
export interface SyncStore {
  /** A pass over one analyzer. Nothing of it is visible as "complete" until finishPass. */
  beginPass(pass: PassStart): Pass;
  saveAnalyzers(target: Target, analyzers: readonly Analyzer[]): void;
  saveRegionOutcome(outcome: RegionOutcome): void;
  /** The same for those that have none yet: one that was seen before keeps what it had. */
  saveFirstOutcomes(outcomes: readonly RegionOutcome[]): void;
  saveArchiveRules(analyzerArn: string, profile: string, rules: readonly ArchiveRule[]): void;
  /** Analyzers that a Region no longer lists: their findings are gone with them. */
  dropMissingAnalyzers(target: Target, present: readonly string[], at: number): void;
  saveDetail(ref: FindingRef, updatedAt: number, detail: FindingDetail): void;
  /** One finding read again outside a pass (after a change, or with its detail). */
  saveFinding(finding: Finding, seenAt: number): void;
  markGone(ref: FindingRef, at: number): void;
  /** Where an interrupted pass over this analyzer stopped, if it may still go on. */
  interruptedPass(profile: string, analyzerArn: string): InterruptedPass | undefined;
  /** End of the last complete pass and the highest updatedAt it saw. */
  lastPass(profile: string, analyzerArn: string): LastPass | undefined;
  finishSync(at: number): void;
}

export type PassMode = 'full' | 'incremental';

export interface PassStart {
  readonly profile: string;
  readonly region: string;
  readonly analyzerArn: string;
  readonly mode: PassMode;
  readonly startedAt: number;
  /** Goes on with an interrupted pass instead of starting a new one. */
  readonly resume?: InterruptedPass;
}

export interface Pass {
  /** One transaction a page: findings and the token to go on with are written together. */
  savePage(findings: readonly Finding[], nextToken: string | undefined): void;
  /** A full pass marks what it did not see as gone; an incremental one marks nothing. */
  finish(at: number): { readonly gone: number };
  /** Leaves what was written and the place to go on; the last good state stays good. */
  interrupt(): void;
}

export interface InterruptedPass {
  readonly passId: number;
  readonly nextToken: string;
  readonly startedAt: number;
}

export interface LastPass {
  /** When it began; what changed after that may have been missed by a page that was read before. */
  readonly startedAt?: number;
  readonly finishedAt: number;
  readonly fullAt: number | undefined;
  readonly maxUpdatedAt: number | undefined;
}

import type { Analyzer, RegionOutcome } from '../domain/analyzer.ts';
import type { ArchiveRule, Criteria } from '../domain/archive-rule.ts';
import type { Decision } from '../domain/decision.ts';
import type { PackedExposureIds } from '../domain/exposure.ts';
import type { FilterKey } from '../domain/filter/ast.ts';
import type { Finding, FindingDetail, FindingRef, FindingType } from '../domain/finding.ts';
import type { EntryState, JournalEntry, Plan } from '../domain/journal.ts';
import type { ListAround, ListPlace } from '../domain/list-place.ts';
import type {
  ExposureDetail,
  ExposureRow,
  ListCounts,
  ListQuery,
  StoredFinding,
  StoreSummary,
  ValueCount,
} from '../domain/listing.ts';
import type { PlannedFindings } from '../domain/planned-findings.ts';
import type { DryRunCounts } from '../domain/rules/dry-run.ts';
import type { RuleFacts } from '../domain/rules/rule-facts.ts';
import type { Suggestion } from '../domain/rules/suggest.ts';
import type { CriteriaQuestion } from './memory/criteria-values.ts';
import type { DryRunOptions } from './memory/dry-run.ts';
import type { StreamOptions } from './finding-stream.ts';
import type { EntryChoice, OperationChange } from './journal.ts';
import type { InterruptedPass, LastPass, PassStart, StoredPass } from './passes.ts';
import type { RuleWindowOptions } from './memory/rule-window.ts';

interface Target {
  readonly profile: string;
  readonly region: string;
}

/** What the console and the commands ask. The same, as promises, is in queries.ts. */
export interface StoreReads {
  counts(query: ListQuery): ListCounts;
  /** The list where it is looked at, in one answer. */
  around(query: ListQuery, place: ListPlace): ListAround;
  window(query: ListQuery, offset: number, limit: number): readonly ExposureRow[];
  /** Place of an exposure in the list; undefined: it is not in it. */
  indexOf(query: ListQuery, exposureId: string): number | undefined;
  /** All exposures that the list shows, in no order. */
  exposureIds(query: ListQuery): PackedExposureIds;
  exposure(exposureId: string): ExposureDetail | undefined;
  /** Of exposures that are no more because a detail told more of their finding: the ids that they go by now. */
  successors(exposureIds: readonly string[]): ReadonlyMap<string, string>;
  /** Entries of the journal about the exposure or one of its findings, newest first. */
  history(exposureId: string): readonly JournalEntry[];
  /** The findings of these exposures that the filter shows, for planning a change of them. */
  plannedFindings(query: ListQuery, exposureIds: PackedExposureIds): PlannedFindings;
  /**
   * Findings of these exposures whose detail is worth fetching and is not here, in the order given. External findings
   * come whole with the list; the others say who or what only in their detail.
   */
  missingDetails(exposureIds: readonly string[]): readonly FindingRef[];
  /** How many findings of these types have no detail here: what only that tells is not known of them. No more than `most`. */
  withoutDetail(types: readonly FindingType[], most?: number): number;
  finding(ref: FindingRef): StoredFinding | undefined;
  /** By id or its beginning, by exposure id, or by the resource's ARN; of all Regions, gone ones included. All of them unless a limit is given. */
  findById(text: string, limit?: number): readonly StoredFinding[];
  /** Values of a key that begin with the prefix, the most frequent first: for completion. */
  values(key: FilterKey, prefix: string, limit: number): readonly ValueCount[];
  summary(): StoreSummary;
  archiveRules(): readonly ArchiveRule[];
  /**
   * Brings up to `limit` more exposures into memory; how many. When it says 0, filters are answered from there, and from
   * then on what is written follows by itself.
   */
  readAhead(limit: number): number;
  /** What each of these archive rules does to the findings of its analyzer that AWS still lists; in their order. */
  ruleFacts(rules: readonly ArchiveRule[]): readonly RuleFacts[];
  /** Rules that would have done what a person archived by hand again and again, and that none of these does yet. */
  suggestions(rules: readonly ArchiveRule[]): readonly Suggestion[];
  /** What an archive rule would do to the findings that AWS still lists. */
  dryRun(criteria: Criteria, options: DryRunOptions): DryRunCounts;
  /** Part [offset, offset + limit) of the active findings that an archive rule means, the riskiest first. */
  ruleWindow(criteria: Criteria, options: RuleWindowOptions): readonly StoredFinding[];
  /** What could stand in a criterion, the most frequent among active findings first: for completion. */
  criteriaValues(question: CriteriaQuestion): readonly ValueCount[];
  decision(exposureId: string): Decision | undefined;
  fixedMarks(): ReadonlyMap<string, number>;
  lastVisit(): number;
  /** Something small that was kept under a name, as it was given to `setState`. */
  state(key: string): unknown;
  entry(id: number): JournalEntry | undefined;
  /** Newest first. */
  entries(options?: { readonly limit?: number; readonly before?: number }): readonly JournalEntry[];
  /** Entries that are still planned or running. */
  openEntries(): readonly JournalEntry[];
  /** How many operations an entry has, or so many of the latest ones together. */
  operationCount(of: EntryChoice): number;
}

/** What sync, triage and the console write. Each call is one transaction; each throws ProblemError. */
export interface StoreWrites {
  beginPass(pass: PassStart): StoredPass;
  interruptedPass(profile: string, analyzerArn: string): InterruptedPass | undefined;
  lastPass(profile: string, analyzerArn: string): LastPass | undefined;
  saveAnalyzers(target: Target, analyzers: readonly Analyzer[]): void;
  saveRegionOutcome(outcome: RegionOutcome): void;
  saveFirstOutcomes(outcomes: readonly RegionOutcome[]): void;
  saveArchiveRules(analyzerArn: string, profile: string, rules: readonly ArchiveRule[]): void;
  dropMissingAnalyzers(target: Target, present: readonly string[], at: number): void;
  /** One that was deleted: up to `limit` of its findings are marked as gone; how many. */
  dropAnalyzer(
    scope: { readonly profile: string; readonly analyzerArn: string },
    at: number,
    limit: number,
  ): number;
  saveDetail(ref: FindingRef, updatedAt: number, detail: FindingDetail): void;
  saveFinding(finding: Finding, seenAt: number): void;
  markGone(ref: FindingRef, at: number): void;
  finishSync(at: number): void;
  /** On the disk when it returns, all or none. */
  saveDecisions(decisions: readonly Decision[]): void;
  /** A fix was applied and its proof is awaited; undefined: no longer. */
  setFixedMark(exposureId: string, at: number | undefined): void;
  setLastVisit(at: number): void;
  /** undefined forgets. */
  setState(key: string, value: unknown): void;
  openEntry(plan: Plan, at: number, by: string): JournalEntry;
  setOperation(entryId: number, index: number, change: OperationChange): void;
  closeEntry(entryId: number, state: EntryState, at: number): void;
  setUndone(entryId: number, by: number | undefined, at: number): void;
  /** Accounts that are no strangers; the risks that depend on them are computed again. */
  setKnownAccounts(accounts: ReadonlySet<string>): void;
}

/** The local store. One connection; other processes may have theirs on the same file. */
export interface Store extends StoreReads, StoreWrites {
  /** The file, or ':memory:'. */
  readonly path: string;
  /** What a person should know about how it was opened: that a damaged store was set aside, for one. */
  readonly notices: readonly string[];
  /** The findings that the list shows, one at a time, in constant memory. */
  findingsOf(query: ListQuery, options?: StreamOptions): Iterable<StoredFinding>;
  /** Brings up to `limit` more exposures into the search index; how many. Until it says 0, searching is only slower. */
  advanceSearchIndex(limit: number): number;
  /** Once the findings are in memory: puts some more of the top of the usual list in order; `false`: there is no more to do. */
  prepareList(): boolean;
  /** Changes whenever this or another process writes. */
  version(): string;
  close(): void;
}

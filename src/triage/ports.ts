import type { Analyzer } from '../domain/analyzer.ts';
import type { ArchiveRule, Criteria } from '../domain/archive-rule.ts';
import type { Decision } from '../domain/decision.ts';
import type { Finding, FindingRef } from '../domain/finding.ts';
import type { IamCall } from '../domain/iam/call.ts';
import type { IamCell, IamState } from '../domain/iam/cell.ts';
import type { EntryState, FindingOutcome, JournalEntry, OperationState, Plan } from '../domain/journal.ts';
import type { StoredFinding } from '../domain/listing.ts';

/** What a change needs of the far side. Filled by src/aws; errors are thrown as ProblemError. */
export interface TriageGateway {
  callerAccount(profile: string, signal?: AbortSignal): Promise<string>;
  at(target: { readonly profile: string; readonly region: string }): TriageRegionGateway;
  iam(place: IamPlace): IamChanger;
}

/** IAM of one account, and how to get there. */
export interface IamPlace {
  readonly profile: string;
  readonly account: string;
  /** Role to assume where the profile is of another account; without it that account is out of reach. */
  readonly assumeRole?: string;
}

/** What making a fix needs of IAM: what does not exist is null or undefined, not an error. */
export interface IamChanger {
  read(cell: IamCell, signal?: AbortSignal): Promise<IamState>;
  send(change: IamCall, signal?: AbortSignal): Promise<void>;
  /** Last use of a role or an access key, epoch ms; undefined: none that IAM knows of. */
  lastUse(cell: IamCell, signal?: AbortSignal): Promise<number | undefined>;
}

export interface TriageRegionGateway {
  updateFindings(
    analyzerArn: string,
    ids: readonly string[],
    status: 'ACTIVE' | 'ARCHIVED',
    options: CallOptions,
  ): Promise<void>;
  /** `undefined`: no such finding (any more). */
  readFinding(ref: FindingRef, signal?: AbortSignal): Promise<Finding | undefined>;
  /** Many at once where the service can list them by id; missing ones are left out. */
  readFindings(
    analyzerArn: string,
    profile: string,
    ids: readonly string[],
    signal?: AbortSignal,
  ): Promise<readonly Finding[]>;
  /** All findings of the analyzer that the filter means, page by page. */
  listFindings(
    analyzer: AnalyzerPlace,
    options: { readonly filter: Criteria; readonly signal?: AbortSignal },
  ): AsyncIterable<{ readonly findings: readonly Finding[] }>;
  listArchiveRules(
    analyzer: Omit<AnalyzerPlace, 'type'>,
    signal?: AbortSignal,
  ): Promise<readonly ArchiveRule[]>;
  createArchiveRule(
    analyzerArn: string,
    ruleName: string,
    filter: Criteria,
    options: CallOptions,
  ): Promise<void>;
  updateArchiveRule(
    analyzerArn: string,
    ruleName: string,
    filter: Criteria,
    options: CallOptions,
  ): Promise<void>;
  deleteArchiveRule(analyzerArn: string, ruleName: string, options: CallOptions): Promise<void>;
  applyArchiveRule(analyzerArn: string, ruleName: string, options: CallOptions): Promise<void>;
  startResourceScan(
    analyzerArn: string,
    resourceArn: string,
    ownerAccount: string,
    signal?: AbortSignal,
  ): Promise<void>;
  /** `undefined`: there is no such analyzer (any more). */
  readAnalyzer(analyzerArn: string, signal?: AbortSignal): Promise<LiveAnalyzer | undefined>;
  deleteAnalyzer(analyzerArn: string, options: CallOptions): Promise<void>;
}

/** An analyzer as GetAnalyzer tells of it. */
export interface LiveAnalyzer {
  readonly analyzer: Analyzer;
  /** `undefined` for external access, which has none. */
  readonly configuration: unknown;
}

/** As much of an analyzer as it takes to ask it something. */
export type AnalyzerPlace = Pick<Analyzer, 'profile' | 'region' | 'arn' | 'name' | 'type'>;

export interface CallOptions {
  /** Sent again unchanged on a retry. */
  readonly clientToken: string;
  readonly signal?: AbortSignal;
}

/** The journal on disk. Filled by src/cache; synchronous, each call is durable when it returns. */
export interface JournalStore {
  /** Writes the whole plan before the first request; returns the entry with its id and client tokens. */
  openEntry(plan: Plan, at: number, by: string): JournalEntry;
  setOperation(
    entryId: number,
    index: number,
    change: {
      readonly state: OperationState;
      readonly at: number;
      readonly error?: string;
      readonly outcomes?: readonly FindingOutcome[];
    },
  ): void;
  closeEntry(entryId: number, state: EntryState, at: number): void;
  /** Marks `entryId` as taken back by `by`. */
  setUndone(entryId: number, by: number | undefined, at: number): void;
  entry(id: number): JournalEntry | undefined;
  /** Newest first. */
  entries(options?: { readonly limit?: number; readonly before?: number }): readonly JournalEntry[];
  /** Entries that are still `planned` or `running`. */
  openEntries(): readonly JournalEntry[];
}

/** What planning reads of the store. */
export interface TriageStore {
  finding(ref: FindingRef): StoredFinding | undefined;
  saveFinding(finding: Finding, seenAt: number): void;
  markGone(ref: FindingRef, at: number): void;
  /** All or none: those of one request come together, for each call waits for the disk. */
  saveDecisions(decisions: readonly Decision[]): void;
  decision(exposureId: string): Decision | undefined;
  /** A fix was applied and its proof is awaited; undefined: no longer. */
  setFixedMark(exposureId: string, at: number | undefined): void;
  /** The archive rules of an analyzer, all of them, as just read. */
  saveArchiveRules(analyzerArn: string, profile: string, rules: readonly ArchiveRule[]): void;
  /**
   * Forgets an analyzer that was deleted, with its rules, and marks up to `limit` of its findings as gone; how many.
   * Fewer than `limit`: it is through.
   */
  dropAnalyzer(
    scope: { readonly profile: string; readonly analyzerArn: string },
    at: number,
    limit: number,
  ): number;
}

/** Time, as a port: tests turn it by hand. */
export interface TriageClock {
  /** Epoch ms. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal is aborted; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

import type { FindingRef, FindingType } from '../domain/finding.ts';
import type { FilterKey } from '../domain/filter/ast.ts';
import type { ExposureId } from '../domain/exposure.ts';
import type { ListAround, ListPlace } from '../domain/list-place.ts';
import type {
  ExposureDetail,
  ExposureRow,
  ListQuery,
  StoredFinding,
  StoreSummary,
  ValueCount,
} from '../domain/listing.ts';
import type { JournalEntry, Plan } from '../domain/journal.ts';
import type { Problem, Result } from '../domain/problem.ts';
import type { SyncProgress, SyncReport } from '../sync/progress.ts';
import type { ExportFormat as PolicyFormat } from '../domain/recommendation-export.ts';
import type { Recovery } from '../triage/recover.ts';
import type { Resolution } from '../triage/resolve/fix.ts';
import type { WaitProgress } from '../triage/resolve/ports.ts';
import type { ProveProgress } from '../triage/resolve/prove.ts';
import type { JudgedFix } from '../triage/resolve/settle-fixed.ts';
import type { PolicyPreview } from './panel.ts';
import type { ProvenFinding } from './proof.ts';
import type { AnalyzerServices, RuleServices } from './rules/rule-effects.ts';
import type { SavedView } from './saved-view.ts';

/** What the console asks of the world. Filled by src/services; effects (effect.ts) are run against it. */
export interface Services {
  readonly queries: Queries;
  readonly changes: Changes;
  readonly rules: RuleServices;
  readonly analyzers: AnalyzerServices;
  readonly recommendations: Recommendations;
  readonly resolutions: Resolutions;
  readonly syncing: Syncing;
  readonly outside: Outside;
  readonly memory: Memory;
}

/** Reads of the store. None blocks a key: answers come later, the newest question of a slot wins. */
export interface Queries {
  around(query: ListQuery, place: ListPlace, signal?: AbortSignal): Promise<ListAround>;
  window(
    query: ListQuery,
    offset: number,
    limit: number,
    signal?: AbortSignal,
  ): Promise<readonly ExposureRow[]>;
  exposureIds(query: ListQuery, signal?: AbortSignal): Promise<readonly ExposureId[]>;
  exposure(id: ExposureId): Promise<ExposureDetail | undefined>;
  /** Of exposures that are no more because a detail told more of their finding: the ids that they go by now. */
  successors(ids: readonly ExposureId[]): Promise<ReadonlyMap<ExposureId, ExposureId>>;
  /** Of these exposures, the findings whose detail is worth fetching and is not in the store; in the order given. */
  missingDetails(ids: readonly ExposureId[]): Promise<readonly FindingRef[]>;
  /** How many findings of these types have no detail in the store; no more than `most`. */
  withoutDetail(types: readonly FindingType[], most: number): Promise<number>;
  history(id: ExposureId): Promise<readonly JournalEntry[]>;
  values(key: FilterKey, prefix: string, limit: number): Promise<readonly ValueCount[]>;
  summary(): Promise<StoreSummary>;
  journal(limit: number): Promise<readonly JournalEntry[]>;
}

/** What a change acts on: exposures by id, with the filter that says which of their findings. */
export interface ChangeTarget {
  readonly query: ListQuery;
  readonly exposureIds: readonly ExposureId[];
}

export interface Changes {
  planArchive(target: ChangeTarget, to: 'ARCHIVED' | 'ACTIVE', reason?: string): Promise<Result<Plan>>;
  planUndo(entryId?: number): Promise<Result<Plan>>;
  planRedo(): Promise<Result<Plan>>;
  /** What an interrupted entry still lacks. */
  planFinish(entryId: number): Promise<Result<Plan>>;
  planScan(target: ChangeTarget): Promise<Result<Plan>>;
  run(plan: Plan, onProgress: (done: number, total: number) => void): Promise<Result<JournalEntry>>;
  /** Entries a dead process left in flight, with the truth read back as far as it could be. */
  recover(): Promise<readonly Recovery[]>;
}

/** What a long answer is told and stopped with. */
export interface AskOptions<Progress> {
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

/** Recommended policies of unused permissions. Nothing here changes AWS. */
export interface Recommendations {
  /** Of the finding that stands for the exposure; generated where there is none yet. */
  load(exposureId: ExposureId, options: AskOptions<WaitProgress>): Promise<Result<PolicyPreview>>;
  /** CheckNoNewAccess of each change; paid: the price is named before. */
  check(preview: PolicyPreview, signal: AbortSignal): Promise<Result<PolicyPreview>>;
  /** All policies as one text. */
  format(preview: PolicyPreview, format: PolicyFormat): Promise<Result<string>>;
  /** Writes files of these formats; answers the folder and how many. */
  save(
    preview: PolicyPreview,
    formats: readonly PolicyFormat[],
  ): Promise<Result<{ readonly folder: string; readonly files: number }>>;
}

/** Fixes and their proofs. A fix itself is a plan and runs as plans do. */
export interface Resolutions {
  /** Reads what IAM has now. */
  load(
    exposureId: ExposureId,
    options: AskOptions<WaitProgress> & { readonly organizationId?: string },
  ): Promise<Result<Resolution>>;
  /** Waits until the truth about each finding of the exposure is known. */
  prove(
    exposureId: ExposureId,
    options: AskOptions<ProveProgress>,
  ): Promise<Result<readonly ProvenFinding[]>>;
}

/** What came of a sync, and of the fixes that waited for one. */
export interface RefreshReport extends SyncReport {
  readonly fixes: readonly JudgedFix[];
}

export interface Syncing {
  run(
    options: { readonly full: boolean },
    onProgress: (progress: SyncProgress) => void,
  ): Promise<Result<RefreshReport>>;
  cancel(): void;
  /** What is on the screen first, then its neighbours; replaces the wishes before. */
  wantDetails(refs: readonly FindingRef[], listener: DetailListener): void;
}

/** Told of details after they were asked for; nobody waits for them. */
export interface DetailListener {
  readonly onArrived: (ref: FindingRef) => void;
  /** Why none can be had: of the store, not of AWS, which the sync speaks of. */
  readonly onProblem: (problem: Problem) => void;
}

/** The world beside AWS: clipboard, files, links. */
export interface Outside {
  /** OSC 52, also through tmux and screen. */
  copy(text: string): Promise<Result<void>>;
  /** The first findings of these rows that the query shows. */
  findingsToCopy(rows: ChangeTarget, limit: number): Promise<Result<readonly StoredFinding[]>>;
  /** Writes what the query shows; answers the file's path and how many findings are in it. */
  exportList(query: ListQuery, format: ExportFormat): Promise<Result<{ path: string; findings: number }>>;
}

export type ExportFormat = 'json' | 'ndjson' | 'csv' | 'md';

/** What is kept between visits. */
export interface Memory {
  saveTheme(name: string): Result<void>;
  saveView(view: SavedView): Result<void>;
  /** Which organization may keep access to the account. */
  saveOrganization(account: string, organizationId: string): Result<void>;
  deleteView(name: string): Result<void>;
}

import type { ListAround } from '../domain/list-place.ts';
import type { ExposureId } from '../domain/exposure.ts';
import type { FilterKey } from '../domain/filter/ast.ts';
import type { FindingRef } from '../domain/finding.ts';
import type { JournalEntry, Plan } from '../domain/journal.ts';
import type {
  ExposureDetail,
  ExposureRow,
  Sort,
  StoredFinding,
  StoreSummary,
  ValueCount,
} from '../domain/listing.ts';
import type { Problem, Result } from '../domain/problem.ts';
import type { SyncProgress } from '../sync/progress.ts';
import type { Chord } from './keymap.ts';
import type { LoadReason, PlanRequest } from './effect.ts';
import type { WaitProgress } from '../triage/resolve/ports.ts';
import type { Recovery } from '../triage/recover.ts';
import type { Resolution } from '../triage/resolve/fix.ts';
import type { ProveProgress } from '../triage/resolve/prove.ts';
import type { Menu } from './dialog.ts';
import type { PolicyPreview } from './panel.ts';
import type { ProvenFinding } from './proof.ts';
import type { RefreshReport } from './services.ts';
import type { RuleAnswer, RuleCommandMessage } from './rules/rule-effects.ts';
import type { Target } from './selectors/marks.ts';
import type { ScreenName, Toast } from './state.ts';

/** All that can happen: what a person does, what the terminal says, what effects answer. */
export type Message = InputMessage | CommandMessage | AnswerMessage;

export type InputMessage =
  /** The screen stands (after the first paint): what takes time may begin. */
  | { readonly kind: 'opened' }
  /** One key; `chunk` is the serial of the input chunk that it came in. */
  | { readonly kind: 'key'; readonly chord: Chord; readonly chunk: number }
  /** Pasted text: text, never keys. */
  | { readonly kind: 'paste'; readonly text: string }
  | { readonly kind: 'resize'; readonly columns: number; readonly rows: number }
  /** Now and then, so that ages stay true. */
  | { readonly kind: 'tick'; readonly now: number }
  | { readonly kind: 'say'; readonly toast: Omit<Toast, 'id'> };

/** What commands ask for. */
export type CommandMessage =
  | RuleCommandMessage
  | { readonly kind: 'move'; readonly unit: 'row' | 'half-page' | 'page' | 'end'; readonly by: number }
  /** The other direction of moving: the detail beside the list, or the next exposure under an open detail. */
  | { readonly kind: 'move-other'; readonly by: number }
  | { readonly kind: 'open' }
  | { readonly kind: 'back' }
  | { readonly kind: 'show-screen'; readonly screen: ScreenName }
  | { readonly kind: 'next-screen'; readonly by: number }
  | { readonly kind: 'open-filter' }
  | { readonly kind: 'set-filter'; readonly text: string; readonly viewName?: string }
  | { readonly kind: 'set-sort'; readonly sort: Sort }
  | { readonly kind: 'toggle-mark' }
  | { readonly kind: 'toggle-range' }
  | { readonly kind: 'mark-all' }
  | { readonly kind: 'plan-change'; readonly what: 'archive' | 'unarchive' | 'scan' | 'undo' | 'redo' }
  | { readonly kind: 'preview-policy' }
  | { readonly kind: 'check-policy' }
  | { readonly kind: 'keep-permissions'; readonly reason: string }
  | { readonly kind: 'resolve' }
  | { readonly kind: 'make-fix' }
  | { readonly kind: 'ask-organization' }
  | { readonly kind: 'open-menu'; readonly menu: Menu['id'] }
  | { readonly kind: 'open-palette' }
  | { readonly kind: 'open-help' }
  | { readonly kind: 'open-themes' }
  | { readonly kind: 'open-save-view' }
  | { readonly kind: 'sync'; readonly full: boolean }
  | { readonly kind: 'stop-sync' }
  | { readonly kind: 'quit'; readonly exitCode: number };

/** What effects answer. Those of a list carry its version: late ones are dropped. */
export type AnswerMessage =
  | RuleAnswer
  | ListLoaded
  | {
      readonly kind: 'window-loaded';
      readonly version: number;
      readonly offset: number;
      readonly rows: readonly ExposureRow[];
    }
  | {
      readonly kind: 'detail-loaded';
      readonly exposureId: ExposureId;
      readonly data: ExposureDetail | undefined;
      readonly history: readonly JournalEntry[];
    }
  | { readonly kind: 'details-wanted'; readonly refs: readonly FindingRef[] }
  | { readonly kind: 'detail-arrived'; readonly ref: FindingRef }
  | {
      readonly kind: 'values-loaded';
      readonly key: FilterKey;
      /** Text of the filter bar that was asked about. */
      readonly text: string;
      readonly values: readonly ValueCount[];
    }
  | {
      readonly kind: 'marks-loaded';
      readonly version: number;
      readonly reason: LoadReason;
      /** The marks of when this was asked. */
      readonly asked: ReadonlySet<ExposureId>;
      readonly existing: ReadonlySet<ExposureId>;
      readonly shown: ReadonlySet<ExposureId>;
    }
  /** Exposures that a detail told more of: what held the one id holds the other from now on. */
  | { readonly kind: 'exposures-moved'; readonly moved: ReadonlyMap<ExposureId, ExposureId> }
  | { readonly kind: 'all-ids-loaded'; readonly filterText: string; readonly ids: readonly ExposureId[] }
  | { readonly kind: 'range-loaded'; readonly version: number; readonly ids: readonly ExposureId[] }
  | { readonly kind: 'unknown-counted'; readonly version: number; readonly unknown: number }
  | { readonly kind: 'summary-loaded'; readonly summary: StoreSummary }
  | { readonly kind: 'journal-loaded'; readonly entries: readonly JournalEntry[] }
  | {
      readonly kind: 'copies-loaded';
      readonly target: Target;
      readonly result: Result<readonly StoredFinding[]>;
    }
  | { readonly kind: 'links-loaded'; readonly data: ExposureDetail | undefined }
  | { readonly kind: 'panel-progress'; readonly serial: number; readonly progress: WaitProgress }
  | {
      readonly kind: 'recommendation-loaded';
      readonly serial: number;
      readonly result: Result<PolicyPreview>;
    }
  | {
      readonly kind: 'recommendation-checked';
      readonly serial: number;
      readonly result: Result<PolicyPreview>;
    }
  | { readonly kind: 'resolution-loaded'; readonly serial: number; readonly result: Result<Resolution> }
  | { readonly kind: 'proof-progress'; readonly exposureId: ExposureId; readonly progress: ProveProgress }
  | {
      readonly kind: 'proof-ended';
      readonly exposureId: ExposureId;
      readonly result: Result<readonly ProvenFinding[]>;
    }
  | {
      readonly kind: 'policy-saved';
      readonly result: Result<{ readonly folder: string; readonly files: number }>;
    }
  | {
      readonly kind: 'planned';
      readonly serial: number;
      readonly request: PlanRequest;
      readonly result: Result<Plan>;
    }
  | { readonly kind: 'change-progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'change-finished'; readonly result: Result<JournalEntry> }
  | { readonly kind: 'recovered'; readonly recoveries: readonly Recovery[] }
  | { readonly kind: 'sync-progress'; readonly progress: SyncProgress }
  | { readonly kind: 'sync-finished'; readonly result: Result<RefreshReport> }
  /** Something else wrote the store (another console, a command). */
  | { readonly kind: 'store-changed' }
  | { readonly kind: 'copied'; readonly what: string; readonly result: Result<void> }
  | {
      readonly kind: 'exported';
      readonly result: Result<{ readonly path: string; readonly findings: number }>;
    }
  | { readonly kind: 'saved'; readonly what: string; readonly result: Result<void> }
  | { readonly kind: 'toast-expired'; readonly id: number }
  /** An effect threw. */
  | {
      readonly kind: 'effect-failed';
      readonly effect: string;
      readonly version?: number;
      readonly problem: Problem;
    };

export interface ListLoaded extends ListAround {
  readonly kind: 'list-loaded';
  readonly version: number;
  readonly reason: LoadReason;
  /** Row number of the cursor when this was asked. */
  readonly askedCursor: number;
}

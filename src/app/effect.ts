import type { ExposureId } from '../domain/exposure.ts';
import type { FilterKey } from '../domain/filter/ast.ts';
import type { FindingType } from '../domain/finding.ts';
import type { Plan } from '../domain/journal.ts';
import type { ListQuery } from '../domain/listing.ts';
import type { ExportFormat as PolicyFormat } from '../domain/recommendation-export.ts';
import type { PolicyPreview } from './panel.ts';
import type { AnalyzerPlanRequest, RuleEffect, RulePlanRequest } from './rules/rule-effects.ts';
import type { ExportFormat } from './services.ts';
import type { SavedView } from './saved-view.ts';
import type { Target } from './selectors/marks.ts';

/** What update asks of the world, as a value. `run-effect.ts` carries it out and answers with messages. */
export type Effect =
  | RuleEffect
  | LoadList
  | {
      readonly kind: 'load-window';
      readonly version: number;
      readonly query: ListQuery;
      readonly offset: number;
      readonly limit: number;
    }
  | { readonly kind: 'load-detail'; readonly exposureId: ExposureId; readonly delayMs: number }
  /** What is on the screen first, then its neighbours. `leaves`: others were on it before, and wait no longer for theirs. */
  | {
      readonly kind: 'want-details';
      readonly exposureIds: readonly ExposureId[];
      readonly leaves: boolean;
      readonly delayMs: number;
    }
  | { readonly kind: 'load-values'; readonly key: FilterKey; readonly prefix: string; readonly text: string }
  | LoadMarks
  | { readonly kind: 'load-all-ids'; readonly filterText: string; readonly query: ListQuery }
  /** Ids of rows [offset, offset + limit): a range that reaches beyond the loaded window. */
  | {
      readonly kind: 'load-range';
      readonly version: number;
      readonly query: ListQuery;
      readonly offset: number;
      readonly limit: number;
    }
  /** Of how many findings it is not known whether the filter means them. */
  | { readonly kind: 'count-unknown'; readonly version: number; readonly types: readonly FindingType[] }
  | { readonly kind: 'load-summary' }
  | { readonly kind: 'load-journal' }
  /** What can be copied of the rows that the query shows. */
  | { readonly kind: 'load-copies'; readonly query: ListQuery; readonly target: Target }
  | { readonly kind: 'load-links'; readonly exposureId: ExposureId }
  | { readonly kind: 'load-recommendation'; readonly serial: number; readonly exposureId: ExposureId }
  | {
      readonly kind: 'load-resolution';
      readonly serial: number;
      readonly exposureId: ExposureId;
      readonly organizationId: string | undefined;
    }
  | { readonly kind: 'check-recommendation'; readonly serial: number; readonly preview: PolicyPreview }
  /** What fills a panel is not waited for any more. */
  | { readonly kind: 'stop-panel' }
  | { readonly kind: 'copy-policy'; readonly preview: PolicyPreview; readonly format: PolicyFormat }
  | {
      readonly kind: 'save-policy';
      readonly preview: PolicyPreview;
      readonly formats: readonly PolicyFormat[];
    }
  /** Looks again and again until the truth about the exposure is known. */
  | { readonly kind: 'prove'; readonly exposureId: ExposureId }
  | { readonly kind: 'stop-proof'; readonly exposureId: ExposureId }
  | { readonly kind: 'plan'; readonly serial: number; readonly request: PlanRequest }
  | { readonly kind: 'run-plan'; readonly plan: Plan }
  | { readonly kind: 'recover' }
  | { readonly kind: 'sync'; readonly full: boolean }
  | { readonly kind: 'cancel-sync' }
  | { readonly kind: 'copy'; readonly text: string; readonly what: string }
  | { readonly kind: 'export'; readonly query: ListQuery; readonly format: ExportFormat }
  | { readonly kind: 'save-theme'; readonly name: string }
  | { readonly kind: 'save-view'; readonly view: SavedView }
  | { readonly kind: 'save-organization'; readonly account: string; readonly organizationId: string }
  | { readonly kind: 'delete-view'; readonly name: string }
  | { readonly kind: 'expire-toast'; readonly id: number; readonly delayMs: number };

/** Counts and window in one answer, around the exposure that the cursor follows. */
export interface LoadList {
  readonly kind: 'load-list';
  readonly version: number;
  readonly query: ListQuery;
  readonly reason: LoadReason;
  /** Exposure to find again; undefined: go by row number. */
  readonly follow: ExposureId | undefined;
  /** What stands below it, nearest first: the cursor goes there where that is gone, also when rows above went with it. */
  readonly heirs: readonly ExposureId[];
  /** The rows that were there before; what a refresh does not bring again may go by another id now. */
  readonly held: readonly ExposureId[];
  /** Row number of the cursor when this was asked. */
  readonly cursor: number;
  /** Screen line of the cursor, and how many lines there are. */
  readonly line: number;
  readonly page: number;
}

/** Why a list is loaded: a start, another question, or the same question to a changed store. */
export type LoadReason = 'open' | 'query' | 'refresh';

/** Which marked exposures exist at all, and which of them the filter shows. */
export interface LoadMarks {
  readonly kind: 'load-marks';
  readonly version: number;
  readonly reason: LoadReason;
  readonly existing: ListQuery;
  readonly shown: ListQuery;
}

export type PlanRequest =
  | {
      readonly kind: 'archive' | 'unarchive' | 'scan';
      readonly query: ListQuery;
      readonly exposureIds: readonly ExposureId[];
      /** Stands in the dialog from the start; can be changed there. */
      readonly reason?: string;
    }
  | RulePlanRequest
  | AnalyzerPlanRequest
  | { readonly kind: 'undo'; readonly entryId?: number }
  | { readonly kind: 'redo' }
  | { readonly kind: 'finish'; readonly entryId: number };

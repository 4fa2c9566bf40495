import type { Analyzer } from '../../domain/analyzer.ts';
import type { Criteria } from '../../domain/archive-rule.ts';
import type { ExposureId } from '../../domain/exposure.ts';
import type { ExposureRow, ListQuery } from '../../domain/listing.ts';
import type { Plan } from '../../domain/journal.ts';
import type { Result } from '../../domain/problem.ts';
import type { RuleDraft, RuleTrial } from './rule-editor.ts';
import type { RulesOverview } from './rules-state.ts';

/** What the Rules screen and the editor ask of the world. Filled by src/services. */
export interface RuleServices {
  overview(signal: AbortSignal): Promise<RulesOverview>;
  draft(from: DraftRequest): Promise<Result<RuleDraft>>;
  attempt(criteria: Criteria, analyzers: readonly Analyzer[]): Promise<RuleTrial>;
  plan(request: RulePlanRequest): Promise<Result<Plan>>;
}

export type DraftRequest =
  | { readonly from: 'findings'; readonly query: ListQuery; readonly exposureIds: readonly ExposureId[] }
  | { readonly from: 'filter'; readonly query: ListQuery }
  | { readonly from: 'rule'; readonly name: string };

export type RulePlanRequest =
  | {
      readonly kind: 'rule-set';
      readonly name: string;
      readonly criteria: Criteria;
      readonly analyzers: readonly Analyzer[];
      readonly apply: boolean;
      readonly replace: boolean;
    }
  | { readonly kind: 'rule-delete'; readonly name: string; readonly unarchive: boolean }
  | { readonly kind: 'rule-apply'; readonly name: string };

export type RuleEffect =
  | { readonly kind: 'load-rules' }
  | { readonly kind: 'load-hidden'; readonly serial: number; readonly query: ListQuery }
  | { readonly kind: 'draft-rule'; readonly serial: number; readonly request: DraftRequest }
  | {
      readonly kind: 'try-rule';
      readonly serial: number;
      readonly criteria: Criteria;
      readonly analyzers: readonly Analyzer[];
      readonly delayMs: number;
    };

export type RuleAnswer =
  | { readonly kind: 'rules-loaded'; readonly overview: RulesOverview }
  | { readonly kind: 'hidden-loaded'; readonly serial: number; readonly rows: readonly ExposureRow[] }
  | { readonly kind: 'rule-drafted'; readonly serial: number; readonly result: Result<RuleDraft> }
  | { readonly kind: 'rule-tried'; readonly serial: number; readonly trial: RuleTrial };

export type RuleCommandMessage =
  | { readonly kind: 'new-rule' }
  | { readonly kind: 'edit-rule' }
  | { readonly kind: 'plan-rule'; readonly request: RulePlanRequest };

import type { Analyzer } from '../../domain/analyzer.ts';
import type { ExposureId } from '../../domain/exposure.ts';
import type { ExposureRow, ListQuery, StoredFinding, ValueCount } from '../../domain/listing.ts';
import type { Plan } from '../../domain/journal.ts';
import type { Result } from '../../domain/problem.ts';
import type { NamedCriteria } from '../../domain/rules/split-rule.ts';
import type { FoundPart, RuleDraft, RuleTrial, TrialRequest } from './rule-editor.ts';
import type { RulesOverview } from './rules-state.ts';

/** What the Rules screen and the editor ask of the world. Filled by src/services. */
export interface RuleServices {
  overview(signal: AbortSignal): Promise<RulesOverview>;
  draft(from: DraftRequest): Promise<Result<RuleDraft>>;
  attempt(request: TrialRequest): Promise<RuleTrial>;
  /** A part of the findings that the rule would archive, the riskiest first. */
  found(request: TrialRequest, offset: number, limit: number): Promise<readonly StoredFinding[]>;
  /** What could stand in a criterion, by how many active findings carry it. */
  criteriaValues(question: CriteriaQuestion): Promise<readonly ValueCount[]>;
  plan(request: RulePlanRequest): Promise<Result<Plan>>;
}

export interface CriteriaQuestion {
  /** Absent: the keys themselves. */
  readonly key?: string;
  readonly typed: string;
  readonly analyzers: readonly Analyzer[];
}

export type DraftRequest =
  | { readonly from: 'nothing' }
  | { readonly from: 'findings'; readonly query: ListQuery; readonly exposureIds: readonly ExposureId[] }
  | { readonly from: 'filter'; readonly query: ListQuery }
  | { readonly from: 'rule'; readonly name: string };

export type RulePlanRequest =
  | {
      readonly kind: 'rule-set';
      readonly rules: readonly NamedCriteria[];
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
      readonly request: TrialRequest;
      readonly delayMs: number;
    }
  | {
      readonly kind: 'load-found';
      readonly serial: number;
      readonly request: TrialRequest;
      readonly offset: number;
    }
  | { readonly kind: 'load-criteria-values'; readonly text: string; readonly question: CriteriaQuestion };

export type RuleAnswer =
  | { readonly kind: 'rules-loaded'; readonly overview: RulesOverview }
  | { readonly kind: 'hidden-loaded'; readonly serial: number; readonly rows: readonly ExposureRow[] }
  | { readonly kind: 'rule-drafted'; readonly serial: number; readonly result: Result<RuleDraft> }
  | {
      readonly kind: 'rule-tried';
      readonly serial: number;
      readonly trial: RuleTrial;
      readonly found: FoundPart;
    }
  | { readonly kind: 'found-loaded'; readonly serial: number; readonly found: FoundPart }
  | {
      readonly kind: 'criteria-values-loaded';
      /** The criterion that was asked about. */
      readonly text: string;
      readonly values: readonly ValueCount[];
    };

export type RuleCommandMessage =
  | { readonly kind: 'new-rule' }
  | { readonly kind: 'edit-rule' }
  | { readonly kind: 'plan-rule'; readonly request: RulePlanRequest };

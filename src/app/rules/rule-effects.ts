import type { Analyzer } from '../../domain/analyzer.ts';
import type { ExposureId } from '../../domain/exposure.ts';
import type { ExposureRow, ListQuery, StoredFinding, ValueCount } from '../../domain/listing.ts';
import type { Plan } from '../../domain/journal.ts';
import type { Result } from '../../domain/problem.ts';
import type { NamedCriteria } from '../../domain/rules/split-rule.ts';
import type { Suggestion } from '../../domain/rules/suggest.ts';
import type { RuleFormat } from '../../domain/rules/rules-format.ts';
import type { FoundPart, RuleDraft, RuleTrial, TrialRequest } from './rule-editor.ts';
import type { DeleteOffer, OnTaken } from './rules-file.ts';
import type { RulesList, RulesOverview } from './rules-state.ts';

/** What the Rules screen and the editor ask of the world. Filled by src/services. */
export interface RuleServices {
  listed(): Promise<RulesList>;
  /** The same with everything counted. */
  overview(signal: AbortSignal): Promise<RulesOverview>;
  draft(from: DraftRequest): Promise<Result<RuleDraft>>;
  attempt(request: TrialRequest): Promise<RuleTrial>;
  /** A part of the findings that the rule would archive, the riskiest first. */
  found(request: TrialRequest, offset: number, limit: number): Promise<readonly StoredFinding[]>;
  /** What could stand in a criterion, by how many active findings carry it. */
  criteriaValues(question: CriteriaQuestion): Promise<readonly ValueCount[]>;
  plan(request: RulePlanRequest): Promise<Result<Plan>>;
  /** Never offers such a rule again. */
  dismiss(suggestion: Suggestion): Promise<void>;
  /** Writes a new file; answers its path and how many rules are in it. */
  exportRules(what: RulesExport): Promise<Result<{ readonly path: string; readonly rules: number }>>;
  /** Files and folders that begin as what was typed of a path. */
  completePath(text: string): Promise<readonly string[]>;
}

/** Analyzers themselves. */
export interface AnalyzerServices {
  /** Reads from AWS what would be lost with it. */
  offerDelete(analyzer: AnalyzerPlace): Promise<Result<DeleteOffer>>;
  /** Writes its rules to `exportTo` first, where one is named; nothing is sent. */
  planDelete(analyzer: AnalyzerPlace, exportTo: string | undefined): Promise<Result<Plan>>;
}

export type AnalyzerPlace = Pick<Analyzer, 'profile' | 'region' | 'arn' | 'name'>;

export interface AnalyzerPlanRequest {
  readonly kind: 'analyzer-delete';
  readonly analyzer: AnalyzerPlace;
  /** File for its archive rules; absent: they are not saved. */
  readonly exportTo?: string;
}

export interface CriteriaQuestion {
  /** Absent: the keys themselves. */
  readonly key?: string;
  readonly typed: string;
  readonly analyzers: readonly Analyzer[];
}

export type DraftRequest =
  | { readonly from: 'nothing' }
  | { readonly from: 'suggestion'; readonly suggestion: Suggestion }
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
  | { readonly kind: 'rule-apply'; readonly name: string }
  | {
      readonly kind: 'rule-import';
      readonly path: string;
      readonly onTaken: OnTaken;
      readonly partial: boolean;
      readonly apply: boolean;
    };

/** What is exported: every rule, or those of one name. */
export interface RulesExport {
  readonly format: RuleFormat;
  readonly ruleName?: string;
}

export type RuleEffect =
  | { readonly kind: 'load-rules' }
  | { readonly kind: 'dismiss-suggestion'; readonly suggestion: Suggestion }
  | { readonly kind: 'load-hidden'; readonly serial: number; readonly query: ListQuery }
  | ({ readonly kind: 'export-rules' } & RulesExport)
  | { readonly kind: 'complete-path'; readonly text: string }
  | { readonly kind: 'offer-delete'; readonly serial: number; readonly analyzer: AnalyzerPlace }
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
  | ({ readonly kind: 'rules-listed' } & RulesList)
  | { readonly kind: 'rules-loaded'; readonly overview: RulesOverview }
  | { readonly kind: 'hidden-loaded'; readonly serial: number; readonly rows: readonly ExposureRow[] }
  | {
      readonly kind: 'rules-exported';
      readonly result: Result<{ readonly path: string; readonly rules: number }>;
    }
  | { readonly kind: 'paths-loaded'; readonly text: string; readonly paths: readonly string[] }
  | { readonly kind: 'delete-offered'; readonly serial: number; readonly result: Result<DeleteOffer> }
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
  | { readonly kind: 'open-suggestion' }
  | { readonly kind: 'dismiss-suggestion' }
  | { readonly kind: 'import-rules' }
  | { readonly kind: 'delete-analyzer'; readonly analyzer: AnalyzerPlace }
  | { readonly kind: 'plan-rule'; readonly request: RulePlanRequest };

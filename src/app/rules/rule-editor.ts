import type { Analyzer } from '../../domain/analyzer.ts';
import type { Criteria } from '../../domain/archive-rule.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import type { DryRunCounts } from '../../domain/rules/dry-run.ts';
import type { TextField } from '../text-field.ts';

/** One way to begin a rule: a proposal from the marks, the filter, a rule that exists, or an empty page. */
export interface RuleSource {
  readonly label: string;
  readonly criteria: Criteria;
}

/** Analyzers that a rule can be made on together. */
export interface RulePlace {
  readonly label: string;
  readonly analyzers: readonly Analyzer[];
}

/** What an editor begins with. */
export interface RuleDraft {
  /** Name of the rule that is edited; undefined: a new one. */
  readonly editing: string | undefined;
  readonly name: string;
  readonly sources: readonly RuleSource[];
  readonly places: readonly RulePlace[];
  /** Parts of the filter that a rule cannot say, in words. */
  readonly unsaid: string | undefined;
}

/** What the rule that is being written would do, from the store. */
export interface RuleTrial extends DryRunCounts {
  /** The first of those that it would archive, the riskiest first. */
  readonly first: readonly StoredFinding[];
  /** "covered by partners in eu-west-1", one for each rule that meets the same findings for sure or maybe. */
  readonly overlaps: readonly string[];
  /** Rules that the fullest of the analyzers still takes. */
  readonly quotaLeft: number;
  readonly canHidePublic: boolean;
  readonly unknownKeys: readonly string[];
}

/** The editor of one rule: a dialog. Focus: 0 source, 1 name, 2 place, 3 apply, from 4 on the criteria. */
export interface RuleEditor {
  readonly kind: 'rule';
  readonly draft: RuleDraft;
  readonly source: number;
  readonly name: TextField;
  readonly place: number;
  /** Archive what exists as well. */
  readonly apply: boolean;
  /** A criterion each; the last one is empty, to begin another. */
  readonly lines: readonly TextField[];
  readonly focus: number;
  /** Serial of the trial that is asked for. */
  readonly serial: number;
  readonly trial: RuleTrial | undefined;
  /** First of the findings that are shown. */
  readonly scroll: number;
  readonly problem?: string;
}

export const FIRST_LINE = 4;

import type { Analyzer } from '../../domain/analyzer.ts';
import type { Criteria } from '../../domain/archive-rule.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import type { DryRunCounts } from '../../domain/rules/dry-run.ts';
import type { Completing } from '../completing.ts';
import type { TextField } from '../text-field.ts';

/** One way to begin a rule: a proposal from the marks, the filter, a rule that exists, or an empty page. */
export interface RuleSource {
  readonly label: string;
  readonly criteria: Criteria;
}

/** An analyzer that a rule could be made on. */
export interface RulePlace {
  readonly analyzer: Analyzer;
  /** Names of the rules that it has. */
  readonly rules: readonly string[];
}

/** What an editor begins with. */
export interface RuleDraft {
  /** Name of the rule that is edited; undefined: a new one. */
  readonly editing: string | undefined;
  readonly name: string;
  readonly sources: readonly RuleSource[];
  /** Every analyzer once, whichever profiles see it. */
  readonly places: readonly RulePlace[];
  /** ARNs of those that it is for, to begin with. */
  readonly chosen: readonly string[];
  /** Parts of the filter that a rule cannot say, in words. */
  readonly unsaid: string | undefined;
}

/** What is tried on the store. */
export interface TrialRequest {
  readonly criteria: Criteria;
  readonly analyzers: readonly Analyzer[];
  /** The rule that this one replaces: it overlaps with itself, which says nothing. */
  readonly editing: string | undefined;
}

/** What the rule that is being written would do, from the store. */
export interface RuleTrial extends DryRunCounts {
  /** "covered by partners in 3 Regions", one for each rule that meets the same findings for sure. */
  readonly overlaps: readonly string[];
  readonly canHidePublic: boolean;
  readonly unknownKeys: readonly string[];
}

/** The part of the findings it would archive that is loaded: they may be a million. */
export interface FoundPart {
  readonly offset: number;
  readonly rows: readonly StoredFinding[];
}

/** The list of analyzers to tick, over the editor. */
export interface PlacePicker {
  /** Narrows the list. */
  readonly field: TextField;
  /** Index into what the list shows. */
  readonly cursor: number;
  /** What esc goes back to. */
  readonly before: ReadonlySet<string>;
}

/** The editor of one rule: a dialog. Focus: as FOCUS has it, then the criteria, then the findings. */
export interface RuleEditor {
  readonly kind: 'rule';
  readonly draft: RuleDraft;
  readonly source: number;
  readonly name: TextField;
  /** A person has written the name; until then it follows the criteria. */
  readonly named: boolean;
  /** ARNs of the analyzers that the rule is for. */
  readonly chosen: ReadonlySet<string>;
  readonly picker: PlacePicker | undefined;
  /** Archive what exists as well. */
  readonly apply: boolean;
  /** A criterion each; the last one is empty, to begin another. */
  readonly lines: readonly TextField[];
  readonly focus: number;
  /** What could stand at the caret of the criterion that is being typed. */
  readonly completing: Completing;
  /** Serial of the trial that is asked for. */
  readonly serial: number;
  readonly trial: RuleTrial | undefined;
  readonly found: FoundPart;
  /** First of the findings that are shown. */
  readonly top: number;
  /** One esc was pressed over something that was written: the next one leaves it. */
  readonly leaving?: true;
  readonly problem?: string;
}

export const FOCUS = { source: 0, name: 1, places: 2, apply: 3, firstLine: 4 } as const;

/** The findings come after the last criterion. */
export const foundFocus = ({ lines }: Pick<RuleEditor, 'lines'>): number => FOCUS.firstLine + lines.length;

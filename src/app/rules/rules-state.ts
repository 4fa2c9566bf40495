import type { Analyzer } from '../../domain/analyzer.ts';
import type { ArchiveRule } from '../../domain/archive-rule.ts';
import type { ExposureRow } from '../../domain/listing.ts';
import type { AuditNote } from '../../domain/rules/audit.ts';
import type { RuleFacts } from '../../domain/rules/rule-facts.ts';
import type { Suggestion } from '../../domain/rules/suggest.ts';

/** The Rules screen: what the rules of all Regions do now, and what is to be said about them. */
export interface RulesState {
  /** Cursor and first visible row. */
  readonly cursor: number;
  readonly top: number;
  /** Undefined: not asked yet. */
  readonly overview: RulesOverview | undefined;
  /** The rule under the cursor, whole, instead of the table. */
  readonly open: OpenRule | undefined;
}

export interface OpenRule {
  readonly scroll: number;
  /** Serial of the question what it hides: an answer that names another one comes late. */
  readonly serial: number;
  /** The riskiest of what it hides now; undefined: not known yet. */
  readonly hidden: readonly ExposureRow[] | undefined;
}

/** The rules alone: they are there at once, what they do is counted. */
export interface RulesList {
  /** By name, then Region. */
  readonly rules: readonly ArchiveRule[];
  readonly analyzers: readonly Analyzer[];
}

/** A rule with what it does, or one that is being counted. */
export type ListedRule = RuleFacts | Pick<RuleFacts, 'rule'>;

export const isCounted = (listed: ListedRule): listed is RuleFacts => 'hides' in listed;

export interface RulesOverview {
  /** By name, then Region. */
  readonly facts: readonly ListedRule[];
  readonly notes: readonly AuditNote[];
  readonly analyzers: readonly Analyzer[];
  /** What a person archived by hand again and again, as a rule: offered, never made alone. */
  readonly suggestion: Suggestion | undefined;
}

export const NO_RULES: RulesState = { cursor: 0, top: 0, overview: undefined, open: undefined };

import type { Analyzer } from '../../domain/analyzer.ts';
import type { AuditNote } from '../../domain/rules/audit.ts';
import type { RuleFacts } from '../../domain/rules/rule-facts.ts';

/** The Rules screen: what the rules of all Regions do now, and what is to be said about them. */
export interface RulesState {
  /** Cursor and first visible row. */
  readonly cursor: number;
  readonly top: number;
  /** Undefined: not asked yet. */
  readonly overview: RulesOverview | undefined;
}

export interface RulesOverview {
  /** By name, then Region. */
  readonly facts: readonly RuleFacts[];
  readonly notes: readonly AuditNote[];
  readonly analyzers: readonly Analyzer[];
}

export const NO_RULES: RulesState = { cursor: 0, top: 0, overview: undefined };

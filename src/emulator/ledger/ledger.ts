import type { FindingStatus } from '../../domain/finding.ts';
import type { Kinds } from './kinds.ts';
import type { LedgerFinding } from './ledger-finding.ts';

/**
 * The findings of one analyzer. Each has a slot, given once and never again, so that a place in the list stays valid
 * while findings come and go.
 */
export interface Ledger {
  /** Slots given so far. */
  readonly size: number;
  /** Grows with every change; what was computed at one revision is right until the next. */
  readonly revision: number;
  /** Held by ledgers that are long enough to need it. */
  readonly kinds?: Kinds;
  /** `undefined`: deleted. */
  at(slot: number): LedgerFinding | undefined;
  slotOf(id: string): number | undefined;
  slotsOf(resourceArn: string): readonly number[];
  setStatus(slot: number, status: Extract<FindingStatus, 'ACTIVE' | 'ARCHIVED'>, at: number): void;
  /** Looks at one resource again: what no longer holds is RESOLVED, what is new gets a new id. */
  scan(resourceArn: string, at: number): void;
  /** Looks at everything again, and deletes what was resolved 90 days ago (ACCESS-ANALYZER: life of findings). */
  pass(at: number): void;
}

/** Whether a finding that is new is archived at once: what the analyzer's archive rules say. */
export type ArchivesNew = (finding: LedgerFinding) => boolean;

/**
 * A place in a list that survives changes: in slot order the slot itself, in a sorted order the value and slot of the
 * last one shown.
 */
export type Place = { readonly slot: number; readonly value?: string | number };

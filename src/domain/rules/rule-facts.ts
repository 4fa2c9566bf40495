import type { ArchiveRule } from '../archive-rule.ts';
import type { DeadValue } from './dry-run.ts';

/** What one rule does to the findings in the store. */
export interface RuleFacts {
  readonly rule: ArchiveRule;
  /** Archived findings that it means: what it hides now (a person may have archived some of them by hand). */
  readonly hides: number;
  /** Of these. */
  readonly hidesPublic: number;
  /** Active findings that it means: what applying it would archive. */
  readonly wouldArchive: number;
  /** Latest creation of a finding that it means, epoch ms: its last hit. */
  readonly lastHitAt: number | undefined;
  /** Values that no finding of its analyzer has. */
  readonly dead: readonly DeadValue[];
}

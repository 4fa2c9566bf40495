import type { FindingRef, FindingStatus } from '../domain/finding.ts';
import type { FindingOutcome, JournalEntry, JournalOperation, Plan } from '../domain/journal.ts';
import { createPlanBuilder, type PlanHead, withReason } from './plan-builder.ts';
import type { TriageStore } from './ports.ts';
import type { Present } from './present.ts';
import type { PresentIam } from './resolve/present-iam.ts';
import { addIamBack } from './resolve/undo-iam.ts';
import type { PresentRules } from './rules/present-rules.ts';
import { addRuleBack } from './rules/undo-rule.ts';

/** What a plan that goes back is held against. */
export interface PresentTruth {
  /** Read just now, see loadPresent. */
  readonly present: Present;
  readonly rules: PresentRules;
  readonly iam: PresentIam;
  readonly store: TriageStore;
}

/** Findings that an entry changed, or may have changed: read these back before planning its undo. */
export function refsToUndo(entry: JournalEntry): readonly FindingRef[] {
  return changesOf(entry).map(({ ref }) => ref);
}

/**
 * Takes an entry back: each finding that it changed (or may have: its outcome is not known) gets the status it had
 * before. A finding that has moved since (its status now is not what the entry left), is gone or cannot be read is left
 * out and named.
 */
export function planUndo(entry: JournalEntry, truth: PresentTruth): Plan {
  return planBack(entry, { kind: 'undo', of: entry.id, title: `Undo ${quoteTitle(entry)}` }, truth);
}

/** Does again what `undo` (an entry of kind undo) took back of `original`. */
export function planRedo(undo: JournalEntry, original: JournalEntry, truth: PresentTruth): Plan {
  const title = `Redo ${quoteTitle(original)}`;
  return planBack(undo, { kind: 'redo', of: original.id, title, ...withReason(original.reason) }, truth);
}

function planBack(entry: JournalEntry, head: PlanHead, { present, rules, iam, store }: PresentTruth): Plan {
  const builder = createPlanBuilder();
  // What was done last is taken back first: a rule that was created and then edited.
  for (const operation of entry.operations.toReversed()) {
    addRuleBack(operation, rules, builder);
    addIamBack(operation, iam, builder);
  }
  for (const change of changesOf(entry)) {
    const { ref, before, after } = change;
    const why = whyLeftOut(change, present);
    if (why !== undefined) builder.skip(ref, why);
    else if (before === 'RESOLVED')
      builder.skip(ref, 'It was RESOLVED before, which nobody but AWS can set.');
    else builder.change(ref, after, before, store.finding(ref));
  }
  return builder.build(head);
}

interface StatusChange {
  readonly ref: FindingRef;
  readonly before: FindingStatus;
  /** What the entry left; where that could not be read back, what it wanted. */
  readonly after: FindingStatus;
  readonly isKnown: boolean;
}

function changesOf(entry: JournalEntry): StatusChange[] {
  const outcomes = entry.operations.flatMap(outcomesOf);
  return outcomes.flatMap(({ ref, before, wanted, after = wanted, outcome }) =>
    outcome === 'changed' || (outcome === 'unknown' && before !== wanted)
      ? [{ ref, before, after, isKnown: outcome === 'changed' }]
      : [],
  );
}

const outcomesOf = ({ change, outcomes }: JournalOperation): readonly FindingOutcome[] =>
  change.kind === 'update-findings' || change.kind === 'apply-archive-rule' ? (outcomes ?? []) : [];

function whyLeftOut({ ref, before, after, isKnown }: StatusChange, present: Present): string | undefined {
  const now = present.of(ref);
  switch (now.kind) {
    case 'gone':
      return 'It is gone: AWS no longer lists it.';
    case 'unread':
      return `What it is now could not be read: ${now.problem.message}`;
    case 'present':
      if (now.finding.status === after) return undefined;
      return !isKnown && now.finding.status === before
        ? `It is ${before}, as before: there is nothing to take back.`
        : `It has moved since: it is ${now.finding.status} now, not ${after}.`;
  }
}

/** An undo of an undo is named by what was done first, never "Undo “Undo …”". */
export const quoteTitle = ({ title }: JournalEntry): string =>
  `“${title.replace(/^(?:Undo|Redo|Finish) “(.*)”$/s, '$1')}”`;

import type { Decision } from '../domain/decision.ts';
import type { FindingOutcome, JournalEntry } from '../domain/journal.ts';
import { isAsWanted } from './finding-outcomes.ts';
import type { JournalStore, TriageClock, TriageStore } from './ports.ts';

/** What an entry does to decisions: writes a reason, or takes one back. */
export interface DecisionChange {
  readonly write?: string;
  readonly takeBack?: string;
}

/** Undoing an entry takes its reason back; asked once an entry, for the journal may be large. */
export function decisionChangeOf(
  entry: Pick<JournalEntry, 'kind' | 'of' | 'reason'>,
  journal: JournalStore,
): DecisionChange {
  if (entry.reason !== undefined) return { write: entry.reason };
  const taken = entry.kind === 'undo' && entry.of !== undefined ? journal.entry(entry.of)?.reason : undefined;
  return taken === undefined ? {} : { takeBack: taken };
}

/**
 * Writes the reason to the exposures of the findings that are as wanted; ticket, owner and note stay. A reason that is
 * taken back stays where a person has written another one since.
 */
export function saveDecisions(
  { write, takeBack }: DecisionChange,
  outcomes: readonly FindingOutcome[],
  { store, clock }: { readonly store: TriageStore; readonly clock: TriageClock },
): void {
  if (write === undefined && takeBack === undefined) return;
  const decidedAt = clock.now();
  const decisions = [...exposuresOf(outcomes, store)].flatMap((exposureId): Decision[] => {
    const before = store.decision(exposureId);
    if (write !== undefined) return [{ ...before, exposureId, reason: write, decidedAt }];
    return before?.reason === takeBack && before !== undefined
      ? [{ ...withoutReason(before), decidedAt }]
      : [];
  });
  if (decisions.length > 0) store.saveDecisions(decisions);
}

function exposuresOf(outcomes: readonly FindingOutcome[], store: TriageStore): ReadonlySet<string> {
  const ids = outcomes.filter(isAsWanted).map(({ ref }) => store.finding(ref)?.exposureId);
  return new Set(ids.filter((id) => id !== undefined));
}

function withoutReason({ reason: _reason, ...rest }: Decision): Decision {
  return rest;
}

import type { Decision } from '../domain/decision.ts';
import type { FindingOutcome, JournalEntry } from '../domain/journal.ts';
import { isAsWanted } from './finding-outcomes.ts';
import type { JournalStore, TriageClock, TriageStore } from './ports.ts';

interface DecisionDeps {
  readonly store: TriageStore;
  readonly journal: JournalStore;
  readonly clock: TriageClock;
}

/**
 * Writes the reason of an entry to the exposures of the findings that it changed; ticket, owner and note stay. Undoing
 * an entry takes its reason back, unless a person has written another one since.
 */
export function saveDecisions(
  entry: JournalEntry,
  reason: string | undefined,
  outcomes: readonly FindingOutcome[],
  { store, journal, clock }: DecisionDeps,
): void {
  const taken = entry.kind === 'undo' && entry.of !== undefined ? journal.entry(entry.of)?.reason : undefined;
  if (reason === undefined && taken === undefined) return;
  const decidedAt = clock.now();
  for (const exposureId of exposuresOf(outcomes, store)) {
    const before = store.decision(exposureId);
    if (reason !== undefined) store.saveDecision({ ...before, exposureId, reason, decidedAt });
    else if (before?.reason === taken && before !== undefined)
      store.saveDecision({ ...withoutReason(before), decidedAt });
  }
}

function exposuresOf(outcomes: readonly FindingOutcome[], store: TriageStore): ReadonlySet<string> {
  const ids = outcomes.filter(isAsWanted).map(({ ref }) => store.finding(ref)?.exposureId);
  return new Set(ids.filter((id) => id !== undefined));
}

function withoutReason({ reason: _reason, ...rest }: Decision): Decision {
  return rest;
}

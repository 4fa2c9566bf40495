import type { EntryState, JournalEntry } from '../domain/journal.ts';
import { isAsWanted } from './finding-outcomes.ts';
import type { JournalStore, TriageClock } from './ports.ts';
import { selectUndoOf } from './undo-stack.ts';

/** Closes an entry with how it ended; an undo (redo) that left nothing to try again marks what it took back. */
export function closeEntry(
  id: number,
  { journal, clock }: { journal: JournalStore; clock: TriageClock },
): JournalEntry {
  const entry = loadEntry(id, journal);
  const at = clock.now();
  journal.closeEntry(id, endState(entry), at);
  if (entry.of !== undefined && isSettled(entry)) {
    if (entry.kind === 'undo') journal.setUndone(entry.of, id, at);
    const undo = entry.kind === 'redo' ? selectUndoOf(journal, entry.of) : undefined;
    if (undo !== undefined) journal.setUndone(undo.id, id, at);
  }
  return loadEntry(id, journal);
}

function loadEntry(id: number, journal: JournalStore): JournalEntry {
  const entry = journal.entry(id);
  if (entry === undefined) throw new Error(`journal entry ${id} vanished`);
  return entry;
}

/** From what its operations ended in: done, when all is as wanted; failed, when nothing is, nor may be. */
function endState({ operations }: JournalEntry): EntryState {
  const whole = operations.filter(
    ({ state, outcomes }) => state === 'done' && (outcomes ?? []).every(isAsWanted),
  );
  if (whole.length === operations.length) return 'done';
  const some = operations.some(({ state, outcomes }) =>
    outcomes === undefined
      ? state === 'done' || state === 'sent'
      : outcomes.some((one) => isAsWanted(one) || one.outcome === 'unknown'),
  );
  return some ? 'partial' : 'failed';
}

/** Nothing of it could be tried again with hope: each request was taken, whatever single findings said. */
const isSettled = ({ operations }: JournalEntry): boolean =>
  operations.every(({ state }) => state === 'done');

import type { EntryKind, JournalEntry } from '../domain/journal.ts';
import type { JournalStore } from './ports.ts';

/** Entries are read this many at a time: the one that is looked for is nearly always among the first. */
export const ENTRIES_AT_ONCE = 20;

const CAN_BE_UNDONE: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'archive',
  'unarchive',
  'rule',
  'fix',
  'redo',
]);

/**
 * What `z` takes back: the newest entry that changed (or may have changed) something and was not taken back, even one that nothing can take
 * back, or not yet (`isUndoable` tells). Survives a restart.
 */
export function selectUndo(journal: JournalStore): JournalEntry | undefined {
  return firstOf(journal, (entry) =>
    isUndoable(entry) || isFinal(entry) || isChanging(entry) ? 'take' : 'go on',
  );
}

/** Another program is at work on it, or left it in flight: an older change is not the last one. */
const isChanging = (entry: JournalEntry): boolean => entry.kind !== 'scan' && !isClosed(entry);

/** What nothing takes back is not passed over in silence: an older change is not what a person means by "undo". */
const isFinal = (entry: JournalEntry): boolean => entry.kind === 'analyzer' && mayHaveChanged(entry);

/**
 * What `Z` does again: the newest undo that was not itself taken back. Something new done after it closes the way, even
 * if that was undone in turn: what was undone before belongs to another past.
 */
export function selectRedo(journal: JournalStore): JournalEntry | undefined {
  return firstOf(journal, (entry) => {
    if (isChanging(entry)) return 'stop';
    if (entry.kind === 'undo')
      return entry.undoneBy === undefined && mayHaveChanged(entry) ? 'take' : 'go on';
    const isNew = CAN_BE_UNDONE.has(entry.kind) && entry.kind !== 'redo' && mayHaveChanged(entry);
    return isNew || isFinal(entry) ? 'stop' : 'go on';
  });
}

/** The undo of `of` that a redo of it takes back. */
export function selectUndoOf(journal: JournalStore, of: number): JournalEntry | undefined {
  return firstOf(journal, (entry) => {
    if (entry.id <= of) return 'stop';
    return entry.kind === 'undo' && entry.of === of && entry.undoneBy === undefined ? 'take' : 'go on';
  });
}

/** Whether `undo ENTRY` can name this one. */
export function isUndoable(entry: JournalEntry): boolean {
  return (
    CAN_BE_UNDONE.has(entry.kind) && entry.undoneBy === undefined && isClosed(entry) && mayHaveChanged(entry)
  );
}

/** It has ended, and it is known that nothing came of it: there is nothing to offer. */
export const changedNothing = (entry: JournalEntry): boolean => isClosed(entry) && !mayHaveChanged(entry);

export const isClosed = ({ state }: JournalEntry): boolean => state !== 'planned' && state !== 'running';

/** An outcome that is not known may be a change: what it really was is read when it is to be taken back. */
function mayHaveChanged({ operations }: JournalEntry): boolean {
  return operations.some(({ change, state, outcomes }) =>
    change.kind === 'update-findings' || change.kind === 'apply-archive-rule'
      ? outcomes?.some(({ outcome }) => outcome === 'changed' || outcome === 'unknown') === true
      : state === 'done' || state === 'sent',
  );
}

function firstOf(
  journal: JournalStore,
  judge: (entry: JournalEntry) => 'take' | 'go on' | 'stop',
): JournalEntry | undefined {
  let before: number | undefined;
  for (;;) {
    const page = journal.entries({ limit: ENTRIES_AT_ONCE, ...(before === undefined ? {} : { before }) });
    for (const entry of page) {
      const verdict = judge(entry);
      if (verdict !== 'go on') return verdict === 'take' ? entry : undefined;
    }
    before = page.at(-1)?.id;
    if (page.length < ENTRIES_AT_ONCE || before === undefined) return undefined;
  }
}

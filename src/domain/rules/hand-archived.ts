import type { CriteriaFacts } from '../criteria.ts';
import type { FindingRef } from '../finding.ts';
import type { JournalEntry } from '../journal.ts';
import type { HandArchived } from './suggest.ts';

interface Journal {
  /** Newest first. */
  entries(options: { readonly limit: number }): readonly JournalEntry[];
}

interface Findings {
  finding(ref: FindingRef): (CriteriaFacts & FindingRef) | undefined;
}

/** Entries to look back over: habits, not history. */
const ENTRIES = 100;
/** Findings of one entry that count: who archives thousands in one go has used a filter, which says it better. */
const FINDINGS_AN_ENTRY = 200;

/** What a person archived by hand lately and left archived: what `suggestRules` looks for habits in. */
export function gatherHandArchived(journal: Journal, store: Findings): readonly HandArchived[] {
  return journal
    .entries({ limit: ENTRIES })
    .filter(({ kind, undoneBy }) => kind === 'archive' && undoneBy === undefined)
    .flatMap((entry) => archivedBy(entry, store));
}

function archivedBy(entry: JournalEntry, store: Findings): HandArchived[] {
  const changed = entry.operations
    .flatMap(({ outcomes = [] }) => outcomes)
    .filter(({ outcome }) => outcome === 'changed');
  return changed.slice(0, FINDINGS_AN_ENTRY).flatMap(({ ref }) => {
    const finding = store.finding(ref);
    return finding?.status === 'ARCHIVED' ? [{ entry: entry.id, finding }] : [];
  });
}

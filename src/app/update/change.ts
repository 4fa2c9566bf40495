import type { EntryKind, JournalEntry } from '../../domain/journal.ts';
import { cleanText } from '../../domain/text.ts';
import { formatCount, formatNumber } from '../../domain/format-count.ts';
import { changedNothing } from '../../triage/undo-stack.ts';
import type { AnswerMessage } from '../message.ts';
import { countOutcomes, movedText } from '../selectors/outcome.ts';
import { iamSteps } from '../selectors/steps.ts';
import type { AppState } from '../state.ts';
import { mayInterrupt, openDialog } from './dialog.ts';
import { NO_MARKS, removeMarks } from './marks.ts';
import { followChange } from './proof.ts';
import type { Step } from './step.ts';
import { chain, say, sayProblem, stay } from './step.ts';
import { rereadStore } from './sync.ts';

/** While a change is carried out, and what is said of its end. */

export function changeProgress(
  state: AppState,
  { done, total }: Extract<AnswerMessage, { kind: 'change-progress' }>,
): Step {
  const { running } = state;
  if (running === undefined || (running.done === done && running.total === total)) return stay(state);
  return stay({ ...state, running: { ...running, done, total } });
}

const DONE: Readonly<Record<Exclude<EntryKind, 'rule' | 'analyzer'>, string>> = {
  archive: 'Archived',
  unarchive: 'Active again:',
  fix: 'Fixed in',
  scan: 'Asked AWS to scan',
  undo: 'Took back',
  redo: 'Did again',
};

/** "Archived 3 findings, 1 was so already." — what was read back, not what was asked for, and nobody else's doing. */
export function doneText(entry: JournalEntry): string {
  const { changed: asWanted } = countOutcomes(entry);
  const already = entry.operations
    .flatMap(({ outcomes = [] }) => outcomes)
    .filter(({ outcome }) => outcome === 'already').length;
  const changed = asWanted - already;
  if (entry.kind === 'analyzer') return `${cleanText(entry.title)}: done.`;
  if (entry.kind === 'rule')
    return changed === 0 ? `${cleanText(entry.title)}: done.` : `Rule done: ${movedText(entry)}.`;
  const steps = iamSteps(entry.operations).length;
  if (steps > 0) return `${DONE[entry.kind]} ${formatCount(changed, 'step')}.`;
  const what =
    entry.kind === 'scan'
      ? formatCount(entry.operations.length, 'resource')
      : formatCount(changed, 'finding');
  if (already === 0) return `${DONE[entry.kind]} ${what}.`;
  const so = `${already === 1 ? 'was' : 'were'} so already`;
  return changed === 0
    ? `Nothing was left to do: ${formatCount(already, 'finding')} ${so}.`
    : `${DONE[entry.kind]} ${what}, ${formatNumber(already)} ${so}.`;
}

const hintAfter = (entry: JournalEntry): { hint: string } | object => {
  if (entry.kind === 'scan') return { hint: 'external findings follow within minutes' };
  if (entry.kind === 'analyzer' || changedNothing(entry)) return {};
  return entry.kind === 'undo' ? { hint: 'Z does it again' } : { hint: 'z takes it back' };
};

function sayEnd(state: AppState, entry: JournalEntry): Step {
  if (entry.state === 'done')
    return say(state, { kind: 'success', text: doneText(entry), ...hintAfter(entry) });
  if (mayInterrupt(state)) return stay(openDialog(state, { kind: 'outcome', entryId: entry.id, scroll: 0 }));
  const { changed, total } = countOutcomes(entry);
  return say(state, {
    kind: 'error',
    text: `${entry.title}: ${formatNumber(changed)} of ${formatNumber(total)} changed.`,
    hint: '5 shows what failed',
  });
}

export function changeFinished(
  state: AppState,
  { result }: Extract<AnswerMessage, { kind: 'change-finished' }>,
): Step {
  const touched = state.running?.exposureIds ?? [];
  const idle: AppState = { ...state, running: undefined };
  if (!result.ok) return chain(rereadStore(idle), (after) => sayProblem(after, result.problem));
  const entry = result.value;
  const entries = [entry, ...state.journal.entries.filter((known) => known.id !== entry.id)];
  const left = removeMarks(state.marks, touched);
  const marks = left.ids.size === 0 ? { ...NO_MARKS, ids: left.ids } : left;
  const next: AppState = { ...withEntries(idle, entries), marks };
  const followed = chain(rereadStore(next), (after) => followChange(after, entry, touched));
  return chain(followed, (after) => sayEnd(after, entry));
}

/** At start: what a dead program left in flight. */
export function recovered(
  state: AppState,
  { recoveries }: Extract<AnswerMessage, { kind: 'recovered' }>,
): Step {
  if (recoveries.length === 0) return stay(state);
  const reread = rereadStore(state);
  if (mayInterrupt(state))
    return chain(reread, (after) => stay(openDialog(after, { kind: 'recovered', recoveries, scroll: 0 })));
  const text = `${formatCount(recoveries.length, 'change was', 'changes were')} in flight when the program last ended.`;
  return chain(reread, (after) => say(after, { kind: 'warning', text, hint: '5 shows what happened' }));
}

/** On its screen the journal's cursor follows its entry; elsewhere it waits on the newest one. */
function withEntries(state: AppState, entries: readonly JournalEntry[]): AppState {
  const { journal } = state;
  const followed = state.screen === 'journal' ? journal.entries[journal.cursor]?.id : undefined;
  const at = entries.findIndex((entry) => entry.id === followed);
  const last = Math.max(0, entries.length - 1);
  const cursor = at === -1 ? Math.min(state.screen === 'journal' ? journal.cursor : 0, last) : at;
  const top = Math.max(0, journal.top + cursor - journal.cursor);
  return { ...state, journal: { ...journal, entries, cursor, top } };
}

export const journalLoaded = (
  state: AppState,
  { entries }: Extract<AnswerMessage, { kind: 'journal-loaded' }>,
): Step => stay(withEntries(state, entries));

import type {
  DeleteAnalyzerChange,
  EntryState,
  JournalEntry,
  JournalOperation,
} from '../../domain/journal.ts';
import { formatCriteria } from '../../domain/rules/criteria-text.ts';
import { cleanText } from '../../domain/text.ts';
import { agoText } from '../../domain/words.ts';
import { formatCount, formatNumber } from '../../domain/format-count.ts';
import { detailColumns } from '../layout.ts';
import type { AppState } from '../state.ts';
import { countOutcomes, outcomeLines } from './outcome.ts';
import type { TextLine } from './text-line.ts';
import { rememberWrapped } from './wrap-lines.ts';

export interface JournalRow {
  readonly id: number;
  readonly title: string;
  readonly state: EntryState;
  /** "3 of 3", or '' where there is nothing to count. */
  readonly outcome: string;
  readonly when: string;
  readonly reason: string;
  /** "undone by #7", "takes back #5", "repeats #1". */
  readonly link: string;
}

/** The other entry that it belongs to; `sign` says that the number is one of an entry. */
function linkOf(entry: JournalEntry, sign: '#' | 'entry '): string {
  if (entry.undoneBy !== undefined) return `undone by ${sign}${entry.undoneBy}`;
  if (entry.of === undefined) return '';
  return `${entry.kind === 'redo' ? 'repeats' : 'takes back'} ${sign}${entry.of}`;
}

function rowOf(state: AppState, entry: JournalEntry): JournalRow {
  const { changed, total } = countOutcomes(entry);
  return {
    id: entry.id,
    title: cleanText(entry.title),
    state: entry.state,
    outcome: total === 0 ? '' : `${formatNumber(changed)} of ${formatNumber(total)}`,
    when: agoText(state.now - entry.at),
    reason: cleanText(entry.reason ?? ''),
    link: linkOf(entry, '#'),
  };
}

/** Newest first, all that is loaded; the screen shows the slice from `state.journal.top`. */
export const selectJournalRows = (state: AppState): readonly JournalRow[] =>
  state.journal.entries.map((entry) => rowOf(state, entry));

/** What there was of an analyzer, and where its rules are. */
const deletionLines = ({ before, exportedTo }: DeleteAnalyzerChange): readonly TextLine[] => [
  {
    label: 'it was',
    text: `${before.type.toLowerCase()} · ${formatCount(before.archiveRules.length, 'archive rule')}`,
  },
  ...before.archiveRules.map(({ ruleName, filter }): TextLine => ({
    label: '',
    text: cleanText(`${ruleName}: ${formatCriteria(filter)}`),
    tone: 'muted',
  })),
  ...(exportedTo === undefined ? [] : [{ label: 'rules saved in', text: cleanText(exportedTo) }]),
];

const operationLines = (operation: JournalOperation): readonly TextLine[] => [
  {
    label: cleanText(operation.region),
    text: operation.state,
    tone: operation.state === 'failed' ? 'error' : 'muted',
  },
  { label: '', text: cleanText(operation.command) },
  ...(operation.change.kind === 'delete-analyzer' ? deletionLines(operation.change) : []),
  ...(operation.error === undefined
    ? []
    : [{ label: '', text: cleanText(operation.error), tone: 'error' as const }]),
];

/** An entry as it is read: what, when, why, how it ended, and the commands that do the same. */
export function entryLines(entry: JournalEntry): readonly TextLine[] {
  const fact = (label: string, text: string): readonly TextLine[] => (text === '' ? [] : [{ label, text }]);
  return [
    { text: cleanText(entry.title), tone: 'heading' },
    ...fact('when', new Date(entry.at).toISOString()),
    ...fact('state', entry.state),
    ...fact('reason', cleanText(entry.reason ?? '')),
    ...fact('', linkOf(entry, 'entry ')),
    ...fact('process', cleanText(entry.by)),
    { text: '' },
    { text: 'Outcome', tone: 'heading' },
    ...outcomeLines(entry),
    { text: '' },
    { text: 'Requests, as aws commands', tone: 'heading' },
    ...entry.operations.flatMap(operationLines),
  ];
}

const wrappedEntry = rememberWrapped(entryLines);

export function selectEntryLines(state: AppState, columns: number): readonly TextLine[] {
  const entry = state.journal.entries[state.journal.cursor];
  return entry === undefined ? [] : wrappedEntry(entry, columns);
}

export const selectEntryHeight = (state: AppState): number =>
  selectEntryLines(state, detailColumns(state.viewport, true)).length;

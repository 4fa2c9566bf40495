import { formatCount, formatNumber } from '../../domain/format-count.ts';
import { shortResource } from '../../domain/arn.ts';
import type { FindingOutcome, JournalEntry } from '../../domain/journal.ts';
import type { Problem } from '../../domain/problem.ts';
import { cleanText } from '../../domain/text.ts';
import type { Recovery } from '../../triage/recover.ts';
import { changedNothing } from '../../triage/undo-stack.ts';
import { remember } from '../remember.ts';
import { readingColumns } from '../layout.ts';
import type { AppState, Viewport } from '../state.ts';
import { endedSteps, iamSteps } from './steps.ts';
import type { TextLine } from './text-line.ts';
import { rememberWrapped, wrapLines } from './wrap-lines.ts';

/** How a change ended, finding by finding. */

const isGood = ({ outcome }: FindingOutcome): boolean => outcome === 'changed' || outcome === 'already';

export interface OutcomeCounts {
  /** As wanted, whoever did it. */
  readonly changed: number;
  readonly failed: number;
  readonly total: number;
}

const outcomesOf = (entry: JournalEntry): readonly FindingOutcome[] =>
  entry.operations.flatMap((operation) => operation.outcomes ?? []);

export const countOutcomes = remember((entry: JournalEntry): OutcomeCounts => {
  const steps = iamSteps(entry.operations);
  if (steps.length > 0) {
    const done = steps.filter(({ state }) => state === 'done').length;
    return { changed: done, failed: steps.length - done, total: steps.length };
  }
  const outcomes = outcomesOf(entry);
  const changed = outcomes.filter(isGood).length;
  return { changed, failed: outcomes.length - changed, total: outcomes.length };
});

/** "22 findings archived, 1 finding active again": what is as wanted; '' where nothing moved. */
export function movedText(entry: JournalEntry): string {
  const good = outcomesOf(entry).filter(isGood);
  const archived = good.filter(({ wanted }) => wanted === 'ARCHIVED').length;
  const active = good.length - archived;
  const parts = [
    archived === 0 ? '' : `${formatCount(archived, 'finding')} archived`,
    active === 0 ? '' : `${formatCount(active, 'finding')} active again`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

const WORDS: Readonly<Record<FindingOutcome['outcome'], string>> = {
  changed: 'changed',
  already: 'was so already',
  refused: 'refused',
  gone: 'gone',
  failed: 'failed',
  unknown: 'not known',
};

function outcomeLine(outcome: FindingOutcome): TextLine {
  const why = outcome.error === undefined ? '' : `: ${cleanText(outcome.error)}`;
  const status = outcome.after === undefined ? '' : ` (read back: ${outcome.after})`;
  return {
    label: cleanText(outcome.ref.region),
    text: `${cleanText(outcome.ref.id)} ${WORDS[outcome.outcome]}${status}${why}`,
    tone: isGood(outcome) ? 'success' : 'error',
  };
}

/** What is not about findings is counted in requests. */
function requestsText({ operations }: JournalEntry): string {
  const done = operations.filter(({ state }) => state === 'done').length;
  return `${formatNumber(done)} of ${formatCount(operations.length, 'request')} done.`;
}

/** What did not go as planned stands first. */
export const outcomeLines = remember((entry: JournalEntry): readonly TextLine[] => {
  if (iamSteps(entry.operations).length > 0) return endedSteps(entry);
  const outcomes = [...outcomesOf(entry)].sort((a, b) => Number(isGood(a)) - Number(isGood(b)));
  const { changed, total } = countOutcomes(entry);
  const requests = entry.operations.filter((operation) => operation.outcomes === undefined);
  const failedRequests = requests.filter(({ state }) => state === 'failed' || state === 'sent');
  const lost = failedRequests.filter(({ state }) => state === 'sent').length;
  const failed = [
    failedRequests.length === lost ? '' : ` ${formatCount(failedRequests.length - lost, 'request')} failed.`,
    lost === 0 ? '' : ` What became of ${formatCount(lost, 'request')} is not known.`,
  ].join('');
  return [
    {
      text:
        total === 0
          ? requestsText(entry)
          : `${formatNumber(changed)} of ${formatCount(total, 'finding')} ${total === 1 ? 'is' : 'are'} as wanted.${failed}`,
      tone: changed === total && failed === '' ? 'success' : 'warning',
    },
    ...failedRequests.map((operation): TextLine => ({
      label: cleanText(operation.region),
      text: cleanText(operation.error ?? 'The request failed.'),
      tone: 'error',
    })),
    ...outcomes.map(outcomeLine),
  ];
});

export const findEntry = (state: AppState, id: number): JournalEntry | undefined =>
  state.journal.entries.find((entry) => entry.id === id);

/** Whether the dialog about it offers to take back what was done; an entry that is still being read may be any. */
export function canTakeBack(state: AppState, entryId: number): boolean {
  const entry = findEntry(state, entryId);
  return !state.mode.readOnly && (entry === undefined || !changedNothing(entry));
}

export interface OutcomeContent {
  readonly title: string;
  readonly lines: readonly TextLine[];
}

export function selectOutcome(state: AppState, entryId: number): OutcomeContent {
  const entry = findEntry(state, entryId);
  if (entry === undefined)
    return { title: `Journal entry ${entryId}`, lines: [{ text: 'The journal is being read …' }] };
  return { title: cleanText(entry.title), lines: wrappedOutcome(entry, readingColumns(state.viewport)) };
}

const wrappedOutcome = rememberWrapped(outcomeLines);

export const selectOutcomeHeight = (state: AppState, entryId: number): number =>
  selectOutcome(state, entryId).lines.length;

/** What was in flight, in its own units: findings, steps in IAM, or (rules, scans, analyzers) requests. */
function readBackText(entry: JournalEntry): string {
  const { operations } = entry;
  const { changed, total } = countOutcomes(entry);
  if (iamSteps(operations).length > 0)
    return `Read back from IAM: ${formatNumber(changed)} of ${formatCount(total, 'step')} done.`;
  if (total > 0)
    return `Read back from AWS: ${formatNumber(changed)} of ${formatCount(total, 'finding')} changed.`;
  return `Read back from AWS: ${requestsText(entry)}`;
}

/** Of one that could not be read back nobody knows what is left to finish, and its entry is still open: no undo takes it. */
export const selectOfferedEntry = (
  { mode }: AppState,
  recoveries: readonly Recovery[],
): JournalEntry | undefined =>
  mode.readOnly ? undefined : recoveries.find(({ unread }) => unread === undefined)?.entry;

function unreadLines({ message }: Problem): readonly TextLine[] {
  return [
    { label: '', text: `Not all of it could be read back yet: ${cleanText(message)}`, tone: 'error' },
    {
      label: '',
      text: 'It stays open: start again when AWS answers, to read it back, and finish or undo it.',
    },
  ];
}

/** At start: what was in flight, and what became of it. */
export function selectRecovered(recoveries: readonly Recovery[], viewport: Viewport): readonly TextLine[] {
  const lines = recoveries.flatMap(({ entry, unread }): readonly TextLine[] => {
    const what = entry.operations
      .map(({ change }) => change)
      .find((change) => change.kind === 'start-resource-scan');
    const about =
      what?.kind === 'start-resource-scan' ? ` (${cleanText(shortResource(what.resourceArn, ''))})` : '';
    return [
      {
        label: String(entry.id),
        text: `${cleanText(entry.title)}${about} was in flight when the program last ended.`,
        tone: 'warning',
      },
      ...(unread === undefined ? [{ label: '', text: readBackText(entry) }] : unreadLines(unread)),
    ];
  });
  return wrapLines(lines, readingColumns(viewport));
}

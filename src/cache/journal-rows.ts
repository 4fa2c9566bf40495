import type {
  Change,
  EntryKind,
  EntryState,
  FindingOutcome,
  JournalEntry,
  JournalOperation,
  OperationState,
} from '../domain/journal.ts';

/** The journal's rows, and what they say together: an entry, its operations, and the events of both in their order. */

export interface EntryRow {
  readonly id: number;
  readonly at: number;
  readonly kind: EntryKind;
  readonly title: string;
  readonly reason: string | null;
  readonly of: number | null;
  readonly by: string;
}

export interface OperationRow {
  readonly idx: number;
  readonly profile: string;
  readonly region: string;
  readonly analyzer_arn: string;
  readonly change: string;
  readonly command: string;
  readonly client_token: string;
}

export interface EventRow {
  readonly idx: number | null;
  readonly at: number;
  readonly state: string | null;
  readonly error: string | null;
  readonly outcomes: string | null;
  readonly undone_by: number | null;
}

const isEnded = (state: string): boolean => state === 'done' || state === 'failed' || state === 'skipped';

export function toEntry(
  row: EntryRow,
  operations: readonly OperationRow[],
  events: readonly EventRow[],
): JournalEntry {
  const ofOperation = Map.groupBy(events, (event) => event.idx);
  return {
    id: row.id,
    at: row.at,
    kind: row.kind,
    title: row.title,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.of === null ? {} : { of: row.of }),
    by: row.by,
    ...entryState(events),
    operations: operations.map((operation) => toOperation(operation, ofOperation.get(operation.idx) ?? [])),
  };
}

/** An entry runs from its first operation's first event until it is closed. */
function entryState(events: readonly EventRow[]): Pick<JournalEntry, 'state' | 'undoneBy' | 'finishedAt'> {
  const closing = events.findLast((event) => event.idx === null && event.state !== null);
  const undoing = events.findLast((event) => event.undone_by !== null);
  const undoneBy = undoing?.undone_by ?? 0;
  const own = (closing?.state ??
    (events.some((event) => event.idx !== null) ? 'running' : 'planned')) as EntryState;
  return {
    state: undoneBy > 0 ? 'undone' : own,
    ...(undoneBy > 0 ? { undoneBy } : {}),
    ...(closing === undefined ? {} : { finishedAt: closing.at }),
  };
}

function toOperation(row: OperationRow, events: readonly EventRow[]): JournalOperation {
  const last = events.at(-1);
  const sent = events.find((event) => event.state === 'sent');
  const outcomes = events.findLast((event) => event.outcomes !== null)?.outcomes ?? undefined;
  return {
    profile: row.profile,
    region: row.region,
    analyzerArn: row.analyzer_arn,
    change: JSON.parse(row.change) as Change,
    command: row.command,
    index: row.idx,
    state: (last?.state ?? 'planned') as OperationState,
    clientToken: row.client_token,
    ...(sent === undefined ? {} : { sentAt: sent.at }),
    ...(last?.state && isEnded(last.state) ? { finishedAt: last.at } : {}),
    ...(last?.error ? { error: last.error } : {}),
    ...(outcomes === undefined ? {} : { outcomes: JSON.parse(outcomes) as FindingOutcome[] }),
  };
}

import { randomUUID } from 'node:crypto';
import type {
  Change,
  EntryState,
  FindingOutcome,
  JournalEntry,
  JournalOperation,
  OperationState,
  Plan,
} from '../domain/journal.ts';
import { type EntryRow, type EventRow, type OperationRow, toEntry } from './journal-rows.ts';
import type { Connection } from './sqlite.ts';

export interface OperationChange {
  readonly state: OperationState;
  readonly at: number;
  readonly error?: string;
  readonly outcomes?: readonly FindingOutcome[];
}

/** An entry by its number, or so many of the latest. */
export type EntryChoice = { readonly entry: number } | { readonly latest: number };

/**
 * The journal is append-only, and the schema refuses anything else: an entry and its operations are written once, and
 * what becomes of them is a list of events. Each call is on the disk when it returns.
 */
export class Journal {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  openEntry(plan: Plan, at: number, by: string): JournalEntry {
    const connection = this.#connection;
    const id = connection.durable(() => {
      const inserted = connection
        .prepare('INSERT INTO journal_entry (at, kind, title, reason, of, by) VALUES (?, ?, ?, ?, ?, ?)')
        .run(at, plan.kind, plan.title, plan.reason ?? null, plan.of ?? null, by);
      const entry = Number(inserted.lastInsertRowid);
      plan.operations.forEach((operation, index) => {
        connection.run(
          `INSERT INTO journal_operation (entry, idx, profile, region, analyzer_arn, change, command, client_token)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
          entry,
          index,
          operation.profile,
          operation.region,
          operation.analyzerArn,
          JSON.stringify(operation.change),
          operation.command,
          randomUUID(),
        );
      });
      connection.run('INSERT INTO journal_open (entry) VALUES (?)', entry);
      return entry;
    });
    return this.#require(id);
  }

  setOperation(entryId: number, index: number, change: OperationChange): void {
    this.#connection.durable(() =>
      this.#connection.run(
        'INSERT INTO journal_event (entry, idx, at, state, error, outcomes) VALUES (?, ?, ?, ?, ?, ?)',
        entryId,
        index,
        change.at,
        change.state,
        change.error ?? null,
        change.outcomes === undefined ? null : JSON.stringify(change.outcomes),
      ),
    );
  }

  closeEntry(entryId: number, state: EntryState, at: number): void {
    this.#connection.durable(() => {
      const sql = 'INSERT INTO journal_event (entry, at, state) VALUES (?, ?, ?)';
      this.#connection.run(sql, entryId, at, state);
      this.#connection.run('DELETE FROM journal_open WHERE entry = ?', entryId);
    });
  }

  /** `by` undefined: the entry counts again. */
  setUndone(entryId: number, by: number | undefined, at: number): void {
    this.#connection.durable(() => {
      // An event without a state is about the undoing alone; 0 says that nothing takes the entry back any more.
      const sql = 'INSERT INTO journal_event (entry, at, undone_by) VALUES (?, ?, ?)';
      this.#connection.run(sql, entryId, at, by ?? 0);
    });
  }

  entry(id: number): JournalEntry | undefined {
    const row = this.#connection.get<EntryRow>('SELECT * FROM journal_entry WHERE id = ?', id);
    return row === undefined ? undefined : this.#toEntry(row);
  }

  entries(options: { readonly limit?: number; readonly before?: number } = {}): readonly JournalEntry[] {
    return this.#connection
      .all<EntryRow>(
        'SELECT * FROM journal_entry WHERE id < ? ORDER BY id DESC LIMIT ?',
        options.before ?? Number.MAX_SAFE_INTEGER,
        options.limit ?? -1,
      )
      .map((row) => this.#toEntry(row));
  }

  /**
   * Newest first. Changes are read as text for the ids, and only what holds one is looked at more closely. What applying a
   * rule archived and nobody foresaw stands in its outcomes alone.
   */
  entriesAbout(exposureId: string, findingIds: readonly string[]): readonly JournalEntry[] {
    const texts = [exposureId, ...findingIds].map((id) => JSON.stringify(id));
    const ids = new Set(findingIds);
    return this.#connection
      .all<EntryRow>(
        `WITH text AS (SELECT value FROM json_each(?))
          SELECT * FROM journal_entry WHERE id IN (
            SELECT entry FROM journal_operation WHERE EXISTS (SELECT 1 FROM text WHERE instr(change, value) > 0)
            UNION SELECT o.entry FROM journal_operation o JOIN journal_event e ON e.entry = o.entry AND e.idx = o.idx
              WHERE instr(change, '"apply-archive-rule"') > 0
                AND EXISTS (SELECT 1 FROM text WHERE instr(outcomes, value) > 0)
          ) ORDER BY id DESC`,
        JSON.stringify(texts),
      )
      .map((row) => this.#toEntry(row))
      .filter(({ operations }) => operations.some((operation) => isAbout(operation, exposureId, ids)));
  }

  openEntries(): readonly JournalEntry[] {
    return this.#connection
      .all<EntryRow>('SELECT e.* FROM journal_open o JOIN journal_entry e ON e.id = o.entry ORDER BY e.id')
      .map((row) => this.#toEntry(row));
  }

  /** Of an entry, or of so many of the latest ones together. */
  operationCount(of: EntryChoice): number {
    const { where, value } =
      'entry' in of
        ? { where: 'entry = ?', value: of.entry }
        : {
            where: 'entry IN (SELECT id FROM journal_entry ORDER BY id DESC LIMIT ?)',
            value: of.latest,
          };
    const sql = `SELECT count(*) AS n FROM journal_operation WHERE ${where}`;
    return this.#connection.get<{ n: number }>(sql, value)?.n ?? 0;
  }

  count(): number {
    return this.#connection.get<{ n: number }>('SELECT count(*) AS n FROM journal_entry')?.n ?? 0;
  }

  #require(id: number): JournalEntry {
    const entry = this.entry(id);
    if (entry === undefined) throw new Error(`The journal has no entry ${id}.`);
    return entry;
  }

  #toEntry(row: EntryRow): JournalEntry {
    const operations = this.#connection.all<OperationRow>(
      'SELECT * FROM journal_operation WHERE entry = ? ORDER BY idx',
      row.id,
    );
    const events = this.#connection.all<EventRow>(
      'SELECT * FROM journal_event WHERE entry = ? ORDER BY id',
      row.id,
    );
    return toEntry(row, operations, events);
  }
}

function isAbout(
  { change, outcomes = [] }: JournalOperation,
  exposureId: string,
  findingIds: ReadonlySet<string>,
): boolean {
  if (change.kind === 'iam') return change.backup.proof?.exposureId === exposureId;
  return [...plannedIds(change), ...outcomes.map(({ ref }) => ref.id)].some((id) => findingIds.has(id));
}

function plannedIds(change: Change): readonly string[] {
  if (change.kind === 'update-findings') return change.ids;
  return change.kind === 'apply-archive-rule' ? (change.foreseen ?? []) : [];
}

import type * as sqlite from 'node:sqlite';
import type { DatabaseSync, StatementSync } from 'node:sqlite';

export type Database = DatabaseSync;
export type SqlValue = null | number | bigint | string | NodeJS.ArrayBufferView;
type Module = typeof sqlite;

let loaded: Module | undefined;

/**
 * Node 22 warns on loading node:sqlite that it is experimental, in the middle of whatever is on the screen. A static
 * import would warn before anything could stop it, so the module is loaded here, with that one warning held back.
 */
function sqliteModule(): Module {
  if (loaded !== undefined) return loaded;
  const emitWarning = Object.getOwnPropertyDescriptor(process, 'emitWarning') ?? {};
  const warn = process.emitWarning.bind(process) as (...args: unknown[]) => void;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]): void => {
    if (rest[0] !== 'ExperimentalWarning') warn(warning, ...rest);
  };
  try {
    loaded = process.getBuiltinModule('node:sqlite');
  } finally {
    Object.defineProperty(process, 'emitWarning', emitWarning);
  }
  return loaded;
}

export interface ConnectOptions {
  readonly readOnly?: boolean;
}

export function connect(path: string, options: ConnectOptions = {}): Database {
  const { DatabaseSync: Opened } = sqliteModule();
  return new Opened(path, { readOnly: options.readOnly ?? false });
}

/** A connection with its statements prepared once, and rows typed by who wrote the SQL. */
export class Connection {
  readonly db: Database;
  readonly #prepared = new Map<string, StatementSync>();
  readonly #walked = new Set<StatementSync>();
  #depth = 0;
  readonly #onRollback: (() => void)[] = [];

  constructor(db: Database) {
    this.db = db;
  }

  /** SQL that varies with a filter must not pile up here: use `once`. */
  prepare(sql: string): StatementSync {
    let statement = this.#prepared.get(sql);
    if (statement === undefined) {
      statement = this.db.prepare(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }

  run(sql: string, ...values: SqlValue[]): number {
    return Number(this.prepare(sql).run(...values).changes);
  }

  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.prepare(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    return this.prepare(sql).all(...values) as Row[];
  }

  /** For SQL made from a filter: prepared, run and forgotten. */
  once<Row>(sql: string, values: readonly SqlValue[]): Row[] {
    return this.db.prepare(sql).all(...values) as Row[];
  }

  /**
   * One row at a time, in constant memory. A fresh statement, so that two walks may interleave. It is held for as long
   * as the walk lasts: the iterator of Node 22 does not hold it, and crashes once it is collected.
   */
  *iterate<Row>(sql: string, values: readonly SqlValue[]): Generator<Row, void, undefined> {
    const statement = this.db.prepare(sql);
    this.#walked.add(statement);
    try {
      for (const row of statement.iterate(...values)) yield row as Row;
    } finally {
      this.#walked.delete(statement);
    }
  }

  /** Called when a transaction is rolled back: whoever remembers ids of rows must forget them. */
  onRollback(listener: () => void): void {
    this.#onRollback.push(listener);
  }

  /** Writes all of it or nothing. Takes the write lock at once, so that it never fails half way for want of it. */
  transaction<T>(work: () => T): T {
    if (this.#depth > 0) return work();
    this.prepare('BEGIN IMMEDIATE').run();
    this.#depth = 1;
    try {
      const result = work();
      this.prepare('COMMIT').run();
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    } finally {
      this.#depth = 0;
    }
  }

  /** Reads the store as it is at one moment, whatever others write meanwhile. */
  snapshot<T>(work: () => T): T {
    if (this.#depth > 0) return work();
    this.prepare('BEGIN').run();
    this.#depth = 1;
    try {
      return work();
    } finally {
      this.#depth = 0;
      this.prepare('COMMIT').run();
    }
  }

  /** As `transaction`, and on the disk when it returns: what must survive a power cut (the journal, decisions). */
  durable<T>(work: () => T): T {
    if (this.#depth > 0) return work();
    this.db.exec('PRAGMA synchronous = FULL');
    try {
      return this.transaction(work);
    } finally {
      this.db.exec('PRAGMA synchronous = NORMAL');
    }
  }

  #rollBack(): void {
    for (const listener of this.#onRollback) listener();
    // SQLite has already rolled back by itself after some errors (a full disk, for one); then there is nothing to end.
    try {
      this.db.exec('ROLLBACK');
    } catch (error) {
      if (!/no transaction is active/.test(String(error))) throw error;
    }
  }

  close(): void {
    this.#prepared.clear();
    this.db.close();
  }
}

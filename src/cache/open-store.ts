import { chmodSync, closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, type Problem, ProblemError, type Result, succeed } from '../domain/problem.ts';
import { createStore } from './create-store.ts';
import { isMarkedDamaged, storeFileAt } from './damage-marker.ts';
import { makeFolder } from './make-folder.ts';
import { migrate, MIGRATIONS } from './migrate.ts';
import { rebuild } from './rebuild.ts';
import { withRebuildLock } from './rebuild-lock.ts';
import { damageProblem, isDamage, toStoreProblem } from './sqlite-problem.ts';
import { connect, Connection } from './sqlite.ts';
import type { Store } from './store.ts';

export type { Store };

export interface OpenOptions {
  /** Accounts that are no strangers in the risk order. */
  readonly knownAccounts?: ReadonlySet<string>;
  /** How long to wait for another process that writes; 5 seconds unless told. */
  readonly busyTimeoutMs?: number;
  /** Pages of the store that are held in memory at most; 16,000 KiB unless told: writers come back to the same ones. */
  readonly pageCacheKib?: number;
  /**
   * Whether a damaged store is set aside and rebuilt; yes unless told. Only a program that starts may: under one that has
   * the store open, what it writes later would go to the file that was set aside.
   */
  readonly rebuild?: boolean;
  /** For the name of a damaged store that is set aside, and for recovery; epoch ms. */
  readonly now?: () => number;
}

export const IN_MEMORY = ':memory:';

const OWNER_ONLY_FILE = 0o600;

/**
 * Opens the store, and makes it if it is not there. Problems: `store-unusable` (a directory, read-only, no space),
 * `store-locked`, `store-newer` (written by a newer version; nothing is touched). A damaged store is set aside and
 * rebuilt, with its journal and decisions; `notices` says so. Where it may not be, it is `store-unusable`.
 */
export function openStore(path: string, options: OpenOptions = {}): Result<Store> {
  try {
    const problem = preparePlace(path) ?? checkVersion(path);
    if (problem !== undefined) return fail(problem);
    const opened = openOrRebuild(path, options);
    return succeed(
      createStore(opened.connection, {
        file: storeFileAt(path),
        notices: opened.notices,
        knownAccounts: options.knownAccounts ?? new Set(),
      }),
    );
  } catch (error) {
    const problem = error instanceof ProblemError ? error.problem : toStoreProblem(error, path);
    if (problem === undefined) throw error;
    return fail(problem);
  }
}

/** Folder and file exist afterwards, readable by their owner alone; SQLite gives its side files the file's mode. */
function preparePlace(path: string): Problem | undefined {
  if (path === IN_MEMORY) return undefined;
  const found = existsSync(path) ? statSync(path) : undefined;
  if (found?.isDirectory()) {
    return {
      kind: 'store-unusable',
      message: `The store ${path} is a directory.`,
      hint: 'Move it away, or set IAM_TRIAGE_HOME to another folder.',
    };
  }
  if (found === undefined) {
    makeFolder(dirname(path));
    closeSync(openSync(path, 'a', OWNER_ONLY_FILE));
  } else if ((found.mode & 0o077) !== 0) chmodSync(path, OWNER_ONLY_FILE);
  return undefined;
}

/** Offset of `user_version` in a SQLite file (sqlite.org/fileformat2.html, "The Database Header"), 4 bytes. */
const USER_VERSION_AT = 60;

/** Read from the file itself, so that a store of a newer version is not so much as opened. */
function checkVersion(path: string): Problem | undefined {
  if (path === IN_MEMORY) return undefined;
  const header = Buffer.alloc(USER_VERSION_AT + 4);
  const file = openSync(path, 'r');
  try {
    if (readSync(file, header) < header.length || header.toString('latin1', 0, 15) !== 'SQLite format 3')
      return undefined;
  } finally {
    closeSync(file);
  }
  return newerProblem(path, header.readUInt32BE(USER_VERSION_AT));
}

function newerProblem(path: string, version: number): Problem | undefined {
  if (version <= MIGRATIONS.length) return undefined;
  return {
    kind: 'store-newer',
    message: `The store ${path} was written by a newer iam-triage (its version is ${version}, this one knows ${MIGRATIONS.length}).`,
    hint: 'Update iam-triage, or set IAM_TRIAGE_HOME to another folder.',
  };
}

interface Opened {
  readonly connection: Connection;
  readonly notices: readonly string[];
}

function openOrRebuild(path: string, options: OpenOptions): Opened {
  const opened = openSound(path, options);
  if (opened !== undefined) return opened;
  if (options.rebuild === false) throw new ProblemError(damageProblem(path));
  // Whoever had the lock before may have rebuilt it.
  return withRebuildLock(
    path,
    busyTimeoutOf(options),
    () => openSound(path, options) ?? rebuildStore(path, options),
  );
}

/** undefined where it is damaged. */
function openSound(path: string, options: OpenOptions): Opened | undefined {
  if (isMarkedDamaged(path)) return undefined;
  let connection: Connection | undefined;
  try {
    connection = openConnection(path, options);
    migrate(connection);
    checkReadable(connection);
    return { connection, notices: [] };
  } catch (error) {
    connection?.close();
    if (!isDamage(error)) throw error;
    return undefined;
  }
}

const rebuildStore = (path: string, options: OpenOptions): Opened =>
  rebuild(path, (options.now ?? Date.now)(), () => {
    closeSync(openSync(path, 'a', OWNER_ONLY_FILE));
    const connection = openConnection(path, options);
    migrate(connection);
    return connection;
  });

const busyTimeoutOf = ({ busyTimeoutMs = 5_000 }: OpenOptions): number => busyTimeoutMs;

function openConnection(path: string, options: OpenOptions): Connection {
  const { pageCacheKib = 16_000 } = options;
  const connection = new Connection(connect(path));
  connection.db.exec(`PRAGMA busy_timeout = ${busyTimeoutOf(options)}`);
  // Commits survive a crash of the program at NORMAL, and of the machine where the journal asks for FULL.
  connection.db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  // Checking each reference of each finding is a sixth of the time it takes to write one; the tests check them all.
  connection.db.exec('PRAGMA foreign_keys = OFF');
  connection.db.exec(`PRAGMA cache_size = -${pageCacheKib}; PRAGMA temp_store = MEMORY`);
  connection.db.exec('PRAGMA wal_autocheckpoint = 20000');
  return connection;
}

/** Damage shows when a page is read: at least the first of each table is read now. */
function checkReadable(connection: Connection): void {
  const tables = connection.all<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'exposure_search%'",
  );
  for (const { name } of tables) connection.once(`SELECT * FROM "${name}" LIMIT 1`, []);
}

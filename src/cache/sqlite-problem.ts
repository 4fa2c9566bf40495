import { type Problem, ProblemError } from '../domain/problem.ts';
import { isReplaced, markDamaged, type StoreFile } from './damage-marker.ts';

/** SQLite's primary result codes (sqlite.org/rescode.html) that mean something to a person. */
const CODES = {
  BUSY: 5,
  LOCKED: 6,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  CANTOPEN: 14,
  NOTADB: 26,
} as const;

/** The extended code's low byte is the primary one. */
export function sqliteCode(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !('errcode' in thrown)) return undefined;
  return typeof thrown.errcode === 'number' ? thrown.errcode & 0xff : undefined;
}

export function isDamage(thrown: unknown): boolean {
  const code = sqliteCode(thrown);
  return code === CODES.CORRUPT || code === CODES.NOTADB;
}

const unusable = (message: string, hint: string): Problem => ({ kind: 'store-unusable', message, hint });

export const damageProblem = (path: string): Problem =>
  unusable(
    `The store ${path} is damaged.`,
    'Start again: it will be set aside and rebuilt, with its journal and decisions.',
  );

const replacedProblem = (path: string): Problem =>
  unusable(
    'The store was set aside, and another one is in its place.',
    `Start again, to go on with ${path} as it is now.`,
  );

function knownProblem(code: number | undefined, path: string): Problem | undefined {
  switch (code) {
    case CODES.BUSY:
    case CODES.LOCKED:
      return {
        kind: 'store-locked',
        message: `Another process is writing to the store ${path} and did not finish in time.`,
        hint: 'Wait for the other iam-triage to finish, or end it, and try again.',
        retryable: true,
      };
    case CODES.READONLY:
      return unusable(`The store ${path} cannot be written.`, `chmod u+w '${path}'`);
    case CODES.CANTOPEN:
      return unusable(
        `The store ${path} cannot be opened.`,
        'Check the folder, or set IAM_TRIAGE_HOME to another one.',
      );
    case CODES.FULL:
      return unusable(
        `The disk is full: nothing more can be written to the store ${path}.`,
        'Free some space and try again.',
      );
    case CODES.IOERR:
      return unusable(
        `The disk refused to read or write the store ${path}.`,
        'Check the disk, or set IAM_TRIAGE_HOME to another one.',
      );
    case CODES.CORRUPT:
    case CODES.NOTADB:
      return damageProblem(path);
    default:
      return undefined;
  }
}

/** What SQLite or the file system threw, as a Problem; undefined when it is neither's. */
export function toStoreProblem(thrown: unknown, path: string): Problem | undefined {
  const problem = knownProblem(sqliteCode(thrown), path) ?? fileProblem(thrown, path);
  return problem === undefined || !(thrown instanceof Error)
    ? problem
    : { ...problem, detail: thrown.message };
}

function fileProblem(thrown: unknown, path: string): Problem | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown) || !('syscall' in thrown)) return undefined;
  return unusable(
    `The store ${path} cannot be used (${String(thrown.code)}).`,
    'Check the folder and its permissions, or set IAM_TRIAGE_HOME to another one.',
  );
}

/** Runs store code so that what SQLite throws comes out as a ProblemError; none of it on a store that was replaced. */
export function guarded<T>(file: StoreFile, work: () => T): T {
  if (isReplaced(file)) throw new ProblemError(replacedProblem(file.path));
  return translated(file, work);
}

function translated<T>(file: StoreFile, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const problem = toStoreProblem(error, file.path);
    if (isDamage(error)) markDamaged(file, String(error));
    throw problem === undefined ? error : new ProblemError(problem, { cause: error });
  }
}

/** As `guarded`, for what is read row by row. */
export function* guardedRows<T>(file: StoreFile, rows: Iterable<T>): Generator<T, void, undefined> {
  const walk = guarded(file, () => rows[Symbol.iterator]());
  try {
    for (;;) {
      const next = translated(file, () => walk.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    walk.return?.();
  }
}

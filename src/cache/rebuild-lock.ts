import { closeSync, openSync, rmSync } from 'node:fs';
import { connect } from './sqlite.ts';

const OWNER_ONLY_FILE = 0o600;

/**
 * Two programs that start at once must not each set aside what the other has just rebuilt. The lock is SQLite's, on an
 * empty file beside the store: it waits as for any other writer (throws SQLITE_BUSY), and ends with a process that dies.
 */
export function withRebuildLock<T>(path: string, timeoutMs: number, work: () => T): T {
  const place = `${path}.rebuilding`;
  closeSync(openSync(place, 'a', OWNER_ONLY_FILE));
  const lock = connect(place);
  try {
    lock.exec(`PRAGMA busy_timeout = ${timeoutMs}; BEGIN EXCLUSIVE`);
    const result = work();
    // While it is held: whoever waits for it finds the store sound, and so does whoever makes the next one.
    rmSync(place, { force: true });
    return result;
  } finally {
    lock.close();
  }
}

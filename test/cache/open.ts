import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { IN_MEMORY, type OpenOptions, openStore } from '../../src/cache/open-store.ts';
import { connect, Connection } from '../../src/cache/sqlite.ts';
import type { Store } from '../../src/cache/store.ts';
import type { ListQuery, Sort } from '../../src/domain/listing.ts';
import { NOW, parsed } from './arbitraries.ts';

export function opened(path: string = IN_MEMORY, options: OpenOptions = {}): Store {
  const result = openStore(path, options);
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

/** A path in a folder of its own that goes with the test. */
export function temporaryPath(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'iam-triage-cache-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'home', 'store.db');
}

/** Makes the first page of an index unreadable: the store opens well, and is damaged where that index is read. */
export function damageIndex(path: string, name: string): void {
  const schema = new Connection(connect(path));
  const sql = 'SELECT rootpage FROM sqlite_schema WHERE name = ?';
  const root = schema.get<{ rootpage: number }>(sql, name)?.rootpage ?? 0;
  schema.close();
  const bytes = readFileSync(path);
  bytes.fill(0xff, (root - 1) * 4096, root * 4096);
  writeFileSync(path, bytes);
}

export const query = (
  text: string,
  change: Partial<ListQuery> & { marked?: ReadonlySet<string> } = {},
): ListQuery => ({
  filter: parsed(text),
  sort: { key: 'risk', descending: true } satisfies Sort,
  context: { now: NOW, lastVisitAt: 1, marked: change.marked ?? new Set() },
  ...change,
});

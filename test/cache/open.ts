import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { IN_MEMORY, type OpenOptions, openStore } from '../../src/cache/open-store.ts';
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

export const query = (
  text: string,
  change: Partial<ListQuery> & { marked?: ReadonlySet<string> } = {},
): ListQuery => ({
  filter: parsed(text),
  sort: { key: 'risk', descending: true } satisfies Sort,
  context: { now: NOW, lastVisitAt: 1, marked: change.marked ?? new Set() },
  ...change,
});

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIGRATIONS } from '../../src/cache/migrate.ts';
import { openStore } from '../../src/cache/open-store.ts';
import { type Bench, formatCount, regionOptions } from './bench.ts';
import { runNode } from './processes.ts';

/** Stores are kept between runs, for as long as the schema stays the same: a million findings take minutes to sync. */
const KEPT = join(
  tmpdir(),
  'iam-triage-bench',
  createHash('sha256').update(MIGRATIONS.join('\n')).digest('hex').slice(0, 8),
);

/** The home of a store of so many findings, synced from the emulator's plain world, its search index complete. */
export async function storeOf(bench: Bench, findings: number): Promise<string> {
  const home = join(KEPT, String(findings));
  if (existsSync(home)) return home;
  process.stderr.write(`making a store of ${formatCount(findings)} findings …\n`);
  const making = `${home}.making`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  const { url } = await bench.emulator(findings);
  await runNode([bench.program, 'sync', '--full', ...regionOptions], {
    env: bench.env(making, url),
    folder: bench.folder,
  });
  indexAll(join(making, 'store.sqlite'));
  renameSync(making, home);
  return home;
}

/** What the console does while nothing is asked of it. */
function indexAll(path: string): void {
  const store = openStore(path);
  if (!store.ok) throw new Error(store.problem.message);
  while (store.value.advanceSearchIndex(5_000) > 0);
  store.value.close();
}

/** Bytes of the store on disk, its log included. */
export function storeBytes(home: string): number {
  const files = ['store.sqlite', 'store.sqlite-wal'].map((name) => join(home, name));
  return files.reduce((bytes, file) => bytes + (existsSync(file) ? statSync(file).size : 0), 0);
}

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { test, type TestContext } from 'node:test';
import { initial } from '../../src/cache/migrations/001-initial.ts';
import { migrate, MIGRATIONS, schemaVersion } from '../../src/cache/migrate.ts';
import { openStore, type Store } from '../../src/cache/open-store.ts';
import { connect, Connection } from '../../src/cache/sqlite.ts';
import { toStoreProblem } from '../../src/cache/sqlite-problem.ts';
import { type Problem, ProblemError } from '../../src/domain/problem.ts';
import { damageIndex, opened, query, temporaryPath } from './open.ts';
import { finding } from './samples.ts';

const NOW = Date.UTC(2026, 10, 22, 2, 21, 7);
const permissions = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const problemOf = (path: string, options = {}) => {
  const result = openStore(path, options);
  assert.equal(result.ok, false);
  return result.ok ? undefined : result.problem;
};
const plan = {
  kind: 'archive' as const,
  title: 'Archive',
  operations: [],
  exposureIds: [],
  skipped: [],
  publicCount: 0,
};

/** A store with some of everything, closed. */
function filled(t: TestContext): string {
  const path = temporaryPath(t);
  const store = opened(path);
  const { profile, region, analyzerArn } = finding('any');
  const pass = store.beginPass({ profile, region, analyzerArn, mode: 'full', startedAt: 1 });
  pass.savePage(
    Array.from({ length: 3_000 }, (_, index) => finding(`id-${index}`)),
    undefined,
  );
  pass.finish(2);
  for (let at = 1; at <= 50; at++) {
    store.openEntry({ ...plan, title: `entry ${at}` }, at, 'me');
    store.closeEntry(at, 'done', at);
    store.saveDecisions([{ exposureId: String(at).padStart(16, '0'), reason: 'kept', decidedAt: at }]);
  }
  store.setState('view', { name: 'mine' });
  store.close();
  return path;
}

test('folder, store and side files are readable by their owner alone', (t) => {
  const path = temporaryPath(t);
  const store = opened(path);
  store.saveFinding(finding('a'), 1);
  assert.equal(permissions(dirname(path)), '700');
  const files = readdirSync(dirname(path));
  assert.deepEqual(files.sort(), ['store.db', 'store.db-shm', 'store.db-wal']);
  for (const file of files) assert.equal(permissions(`${dirname(path)}/${file}`), '600', file);
  store.close();
  chmodSync(path, 0o644);
  opened(path).close();
  assert.equal(permissions(path), '600', 'a store that others could read is closed to them');
});

test('every older version comes up to date and keeps what it holds', (t) => {
  const last = 'CREATE TABLE later (id INTEGER PRIMARY KEY)';
  const migrations = [...MIGRATIONS, last];
  for (let version = 0; version <= MIGRATIONS.length; version++) {
    const connection = new Connection(connect(temporaryFile(t)));
    migrate(connection, migrations.slice(0, version));
    if (version > 0) connection.run("INSERT INTO state (key, value) VALUES ('kept x', '1')");
    migrate(connection, migrations);
    assert.equal(schemaVersion(connection), migrations.length);
    if (version > 0) assert.equal(connection.get<{ value: string }>('SELECT value FROM state')?.value, '1');
    assert.ok(connection.get("SELECT 1 FROM sqlite_schema WHERE name = 'later'"));
    connection.close();
  }
});

function temporaryFile(t: TestContext): string {
  const path = temporaryPath(t);
  mkdirSync(dirname(path));
  return path;
}

test('a migration that fails leaves the version before it', (t) => {
  const connection = new Connection(connect(temporaryFile(t)));
  migrate(connection, [initial]);
  assert.throws(() =>
    migrate(connection, [initial, 'CREATE TABLE half (id INTEGER); CREATE TABLE name (id INTEGER)']),
  );
  assert.equal(schemaVersion(connection), 1);
  assert.equal(connection.get("SELECT 1 FROM sqlite_schema WHERE name = 'half'"), undefined);
  connection.close();
});

test('a store of a newer version is refused and not touched', (t) => {
  const path = filled(t);
  const db = connect(path);
  db.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
  db.close();
  const before = readFileSync(path);
  const problem = problemOf(path);
  assert.equal(problem?.kind, 'store-newer');
  assert.match(problem?.hint ?? '', /Update iam-triage/);
  assert.ok(before.equals(readFileSync(path)));
  assert.deepEqual(readdirSync(dirname(path)), ['store.db']);
});

test('a directory in the place of the store is named', (t) => {
  const path = temporaryPath(t);
  mkdirSync(path, { recursive: true });
  assert.deepEqual(
    [problemOf(path)?.kind, /is a directory/.test(problemOf(path)?.message ?? '')],
    ['store-unusable', true],
  );
});

test('a place where nothing can be made is a problem with a hint', () => {
  const problem = problemOf('/proc/iam-triage/store.db');
  assert.equal(problem?.kind, 'store-unusable');
  assert.match(problem?.hint ?? '', /IAM_TRIAGE_HOME/);
});

test('what SQLite and the file system say becomes a sentence', () => {
  const thrown = (errcode: number): Error => Object.assign(new Error('no'), { errcode });
  const kinds = [5, 6, 8, 10, 11, 13, 14, 26, 1032].map((code) => toStoreProblem(thrown(code), 'x')?.kind);
  assert.deepEqual(kinds, ['store-locked', 'store-locked', ...Array<string>(7).fill('store-unusable')]);
  assert.match(toStoreProblem(thrown(8), '/tmp/s.db')?.message ?? '', /cannot be written/);
  assert.equal(toStoreProblem(new Error('bug'), 'x'), undefined);
});

test('a store that another process keeps writing to is a problem that can be tried again', (t) => {
  const path = temporaryPath(t);
  const store = opened(path, { busyTimeoutMs: 1 });
  const other = connect(path);
  other.exec('BEGIN IMMEDIATE');
  assert.throws(
    () => store.saveFinding(finding('a'), 1),
    (error) =>
      error instanceof ProblemError &&
      error.problem.kind === 'store-locked' &&
      error.problem.retryable === true,
  );
  assert.equal(store.counts(query('')).findings, 0, 'reading goes on');
  other.exec('ROLLBACK');
  store.saveFinding(finding('a'), 1);
  assert.equal(store.counts(query('')).findings, 1);
  other.close();
  store.close();
});

test('two processes may use one store', (t) => {
  const path = temporaryPath(t);
  const [one, two] = [opened(path), opened(path)];
  one.saveFinding(finding('a'), 1);
  two.saveFinding(finding('b'), 1);
  one.saveFinding(finding('c', { principal: { AWS: '1' } }), 1);
  two.saveFinding(finding('d', { principal: { AWS: '1' } }), 1);
  for (const store of [one, two]) assert.equal(store.counts(query('')).exposures, 4);
  one.close();
  assert.equal(two.counts(query('status:active')).findings, 4);
  two.close();
});

test('a damaged page is noticed, the store set aside, journal and decisions brought over', (t) => {
  const path = filled(t);
  const bytes = readFileSync(path);
  const schema = new Connection(connect(path));
  const root =
    schema.get<{ rootpage: number }>("SELECT rootpage FROM sqlite_schema WHERE name = 'finding'")?.rootpage ??
    0;
  schema.close();
  bytes.fill(0xff, (root - 1) * 4096, root * 4096);
  writeFileSync(path, bytes);

  const store = opened(path, { now: () => NOW });
  assert.equal(store.notices.length, 1);
  assert.match(
    store.notices[0] ?? '',
    /store\.db\.corrupt-20261122T022107Z and rebuilt with 50 journal entries and 50 decisions\./,
  );
  assert.equal(store.entries().length, 50);
  assert.equal(store.entry(50)?.state, 'done');
  assert.equal(store.decision('0000000000000007')?.reason, 'kept');
  assert.deepEqual(store.state('view'), { name: 'mine' });
  assert.equal(store.counts(query('')).findings, 0);
  store.saveFinding(finding('a'), 1);
  assert.equal(store.openEntry(plan, 99, 'me').id, 51, 'the journal goes on where it was');
  store.close();
  assert.deepEqual(opened(path).notices, [], 'said once');
  assert.ok(readdirSync(dirname(path)).includes(`${basename(path)}.corrupt-20261122T022107Z`));
});

/** A store that opens well, and is damaged where the list is read. */
function damagedInUse(t: TestContext): string {
  const path = filled(t);
  damageIndex(path, 'exposure_by_risk');
  return path;
}

const meetDamage = (store: Store): void =>
  assert.throws(
    () => store.window(query(''), 0, 10),
    (error) => error instanceof ProblemError && /is damaged/.test(error.problem.message),
  );

test('damage that shows only in use is met at the next start', (t) => {
  const path = damagedInUse(t);
  const store = opened(path);
  meetDamage(store);
  store.close();
  const next = opened(path);
  assert.match(next.notices[0] ?? '', /50 journal entries and 50 decisions/);
  next.close();
});

test('under a program that has it open a damaged store is not set aside', (t) => {
  const path = damagedInUse(t);
  const store = opened(path);
  meetDamage(store);
  const problem = problemOf(path, { rebuild: false });
  assert.deepEqual([problem?.kind, /^Start again/.test(problem?.hint ?? '')], ['store-unusable', true]);
  const entry = store.openEntry(plan, 99, 'me');
  store.close();
  const next = opened(path);
  assert.equal(next.entry(entry.id)?.at, 99, 'what was journalled meanwhile is brought over');
  next.close();
});

test('of two programs that start at once only one rebuilds the store', (t) => {
  const path = damagedInUse(t);
  const first = opened(path);
  meetDamage(first);
  first.close();
  let other: Problem | undefined;
  const store = opened(path, {
    now: () => {
      other = problemOf(path, { busyTimeoutMs: 0 });
      return NOW;
    },
  });
  assert.equal(other?.kind, 'store-locked');
  store.close();
  const second = opened(path);
  assert.deepEqual(second.notices, []);
  second.close();
  const aside = `${basename(path)}.corrupt-20261122T022107Z`;
  assert.deepEqual(readdirSync(dirname(path)).sort(), [basename(path), aside]);
});

const meetAnother = (work: () => unknown): void =>
  assert.throws(work, (error) => {
    assert.ok(error instanceof ProblemError, String(error));
    assert.match(error.problem.message, /another one is in its place/);
    assert.match(error.problem.hint ?? '', /^Start again/);
    return true;
  });

test('a program under which a later one rebuilt the store neither reads nor writes what was set aside', (t) => {
  const path = damagedInUse(t);
  const store = opened(path);
  meetDamage(store);
  const later = opened(path);
  assert.match(later.notices[0] ?? '', /rebuilt with 50 journal entries/);
  meetAnother(() => store.openEntry(plan, 99, 'me'));
  meetAnother(() => store.window(query(''), 0, 10));
  meetAnother(() => [...store.findingsOf(query(''))]);
  store.close();
  assert.equal(later.openEntry(plan, 100, 'me').id, 51);
  assert.equal(existsSync(`${path}.damaged`), false, 'it says nothing of the one in its place');
  later.close();
});

test('a program whose store was taken away says so', (t) => {
  const path = filled(t);
  const store = opened(path);
  renameSync(path, `${path}.aside`);
  meetAnother(() => store.setState('view', {}));
  store.close();
});

test('a journal that is damaged itself is recovered as far as it can be read', (t) => {
  const path = filled(t);
  const bytes = readFileSync(path);
  const at = bytes.indexOf('entry 25');
  const page = Math.floor(at / 4096);
  bytes.fill(0xff, page * 4096, (page + 1) * 4096);
  writeFileSync(path, bytes);
  const store = opened(path);
  assert.match(store.notices[0] ?? '', /and 50 decisions, as far as they could be read/);
  assert.equal(store.decision('0000000000000050')?.reason, 'kept');
  store.close();
});

test('a store cut short, or that is no store at all, is set aside', (t) => {
  for (const damage of [
    (path: string) => truncateSync(path, 5_000),
    (path: string) =>
      writeFileSync(
        path,
        'This is not a database, but it is longer than the header of one would be. '.repeat(3),
      ),
  ]) {
    const path = filled(t);
    copyFileSync(path, `${path}.copy`);
    damage(path);
    const store = opened(path);
    assert.equal(store.notices.length, 1);
    assert.equal(store.counts(query('')).findings, 0);
    store.close();
  }
});

test('an empty file becomes a store', (t) => {
  const path = temporaryFile(t);
  writeFileSync(path, '');
  const store = opened(path);
  assert.deepEqual(store.notices, []);
  store.close();
});

test('loading SQLite says nothing on stderr, and other warnings are still heard', () => {
  const script = `
    const { connect } = await import(${JSON.stringify(new URL('../../src/cache/sqlite.ts', import.meta.url).href)});
    connect(':memory:').close();
    process.emitWarning('still heard');`;
  const run = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  assert.equal(run.status, 0, run.stderr);
  assert.doesNotMatch(run.stderr, /SQLite/);
  assert.match(run.stderr, /still heard/);
});

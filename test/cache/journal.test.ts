import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { connect } from '../../src/cache/sqlite.ts';
import type { FindingOutcome, Operation, Plan } from '../../src/domain/journal.ts';
import { opened, temporaryPath } from './open.ts';
import { finding } from './samples.ts';

const { profile, region, analyzerArn } = finding('any');

const operation = (ids: readonly string[]): Operation => ({
  profile,
  region,
  analyzerArn,
  change: { kind: 'update-findings', status: 'ARCHIVED', ids, before: ids.map(() => 'ACTIVE' as const) },
  command: `aws accessanalyzer update-findings --ids ${ids.join(' ')}`,
});

const plan = (change: Partial<Plan> = {}): Plan => ({
  kind: 'archive',
  title: 'Archive 3 findings',
  reason: 'vendor',
  operations: [operation(['a', 'b']), operation(['c'])],
  exposureIds: [],
  skipped: [],
  publicCount: 0,
  ...change,
});

const outcome = (id: string): FindingOutcome => ({
  ref: { profile, region, analyzerArn, id },
  before: 'ACTIVE',
  wanted: 'ARCHIVED',
  after: 'ARCHIVED',
  outcome: 'changed',
});

test('an entry is written whole, lives through its operations and is read back as it ended', () => {
  const store = opened();
  const entry = store.openEntry(plan(), 10, '42@host');
  assert.deepEqual(
    [entry.id, entry.state, entry.by, entry.reason, entry.operations.length],
    [1, 'planned', '42@host', 'vendor', 2],
  );
  assert.deepEqual(
    entry.operations.map(({ index, state }) => [index, state]),
    [
      [0, 'planned'],
      [1, 'planned'],
    ],
  );
  assert.notEqual(entry.operations[0]?.clientToken, entry.operations[1]?.clientToken);
  assert.deepEqual(entry.operations[0]?.change, operation(['a', 'b']).change);

  store.setOperation(1, 0, { state: 'sent', at: 11 });
  assert.equal(store.entry(1)?.state, 'running');
  assert.deepEqual(
    store.openEntries().map(({ id }) => id),
    [1],
  );
  store.setOperation(1, 0, { state: 'done', at: 12, outcomes: [outcome('a'), outcome('b')] });
  store.setOperation(1, 1, { state: 'failed', at: 13, error: 'Not allowed.' });
  store.closeEntry(1, 'partial', 14);

  const closed = store.entry(1);
  assert.deepEqual([closed?.state, closed?.finishedAt], ['partial', 14]);
  const [first, second] = closed?.operations ?? [];
  assert.deepEqual(
    [first?.state, first?.sentAt, first?.finishedAt, first?.outcomes],
    ['done', 11, 12, [outcome('a'), outcome('b')]],
  );
  assert.deepEqual(
    [second?.state, second?.sentAt, second?.finishedAt, second?.error],
    ['failed', undefined, 13, 'Not allowed.'],
  );
  assert.equal(first?.clientToken, entry.operations[0]?.clientToken, 'the token is the same for a retry');
  assert.deepEqual(store.openEntries(), []);
});

test('an entry that was taken back says by which, and counts again when that is taken back', (t) => {
  const path = temporaryPath(t);
  const store = opened(path);
  store.openEntry(plan(), 1, 'me');
  store.closeEntry(1, 'done', 2);
  store.openEntry(plan({ kind: 'undo', of: 1 }), 3, 'me');
  store.closeEntry(2, 'done', 4);
  store.setUndone(1, 2, 5);
  assert.deepEqual([store.entry(1)?.state, store.entry(1)?.undoneBy, store.entry(2)?.of], ['undone', 2, 1]);
  store.setUndone(1, undefined, 6);
  assert.deepEqual([store.entry(1)?.state, store.entry(1)?.undoneBy], ['done', undefined]);
  store.close();
  const db = connect(path);
  const times = db.prepare('SELECT at FROM journal_event WHERE undone_by IS NOT NULL ORDER BY id').all();
  assert.deepEqual(
    times.map(({ at }) => at),
    [5, 6],
  );
  db.close();
});

test('entries come newest first, in pages', () => {
  const store = opened();
  for (const at of [1, 2, 3, 4]) store.openEntry(plan({ title: `entry ${at}` }), at, 'me');
  assert.deepEqual(
    store.entries().map(({ id }) => id),
    [4, 3, 2, 1],
  );
  assert.deepEqual(
    store.entries({ limit: 2 }).map(({ id }) => id),
    [4, 3],
  );
  assert.deepEqual(
    store.entries({ limit: 2, before: 3 }).map(({ id }) => id),
    [2, 1],
  );
  assert.equal(store.summary().journalEntries, 4);
});

test('the schema itself refuses to change what was written', (t) => {
  const path = temporaryPath(t);
  const store = opened(path);
  store.openEntry(plan(), 1, 'me');
  store.setOperation(1, 0, { state: 'sent', at: 2 });
  store.close();
  const db = connect(path);
  for (const table of ['journal_entry', 'journal_operation', 'journal_event']) {
    assert.throws(() => db.exec(`DELETE FROM ${table}`), /append-only/);
  }
  assert.throws(() => db.exec("UPDATE journal_entry SET title = 'x'"), /append-only/);
  db.close();
});

test('what openEntry and setOperation returned from is there after the process is killed', (t) => {
  const path = temporaryPath(t);
  const script = `
    const { opened } = await import(${JSON.stringify(new URL('./open.ts', import.meta.url).href)});
    const store = opened(${JSON.stringify(path)});
    store.openEntry(${JSON.stringify(plan())}, 1, 'crash');
    store.setOperation(1, 0, { state: 'sent', at: 2 });
    process.kill(process.pid, 'SIGKILL');`;
  const run = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  assert.equal(run.signal, 'SIGKILL', run.stderr);
  const store = opened(path);
  const [entry] = store.openEntries();
  assert.deepEqual(
    [entry?.by, entry?.state, entry?.operations.map(({ state }) => state)],
    ['crash', 'running', ['sent', 'planned']],
  );
  store.close();
});

test('the history of an exposure names every entry about one of its findings, however long ago', () => {
  const store = opened();
  store.saveFinding(finding('a'), 1);
  store.saveFinding(finding('ab', { resource: 'arn:aws:s3:::other' }), 1);
  const rows = store.findById('arn:aws:s3:::bucket-a');
  const exposureId = rows[0]?.exposureId ?? '';
  const first = store.openEntry(plan(), 10, '42@host');
  for (let at = 0; at < 300; at++)
    store.openEntry(plan({ operations: [operation(['ab'])] }), 20 + at, '42@host');
  const last = store.openEntry(plan({ operations: [operation(['x', 'a'])] }), 900, '42@host');
  assert.deepEqual(
    store.history(exposureId).map(({ id }) => id),
    [last.id, first.id],
  );
  assert.deepEqual(store.history('unheard-of'), []);
  store.close();
});

test('the history of an exposure names the rules that archived it, foreseen or not', () => {
  const store = opened();
  store.saveFinding(finding('a'), 1);
  const exposureId = store.findById('arn:aws:s3:::bucket-a')[0]?.exposureId ?? '';
  const apply = (foreseen: readonly string[]): Plan => {
    const change = {
      kind: 'apply-archive-rule',
      ruleName: 'vendors',
      before: null,
      after: null,
      foreseen,
      analyzerType: 'ACCOUNT',
    } as const;
    return plan({ kind: 'rule', operations: [{ ...operation([]), change }] });
  };
  const foreseen = store.openEntry(apply(['x', 'a']), 10, 'me');
  const stray = store.openEntry(apply(['x']), 20, 'me');
  store.setOperation(stray.id, 0, { state: 'done', at: 21, outcomes: [outcome('x'), outcome('a')] });
  const other = store.openEntry(apply(['x', 'ab']), 30, 'me');
  store.setOperation(other.id, 0, { state: 'done', at: 31, outcomes: [outcome('x'), outcome('ab')] });
  assert.deepEqual(
    store.history(exposureId).map(({ id }) => id),
    [stray.id, foreseen.id],
  );
  store.close();
});

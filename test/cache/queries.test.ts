import assert from 'node:assert/strict';
import { existsSync, watch, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { createQueries } from '../../src/cache/queries.ts';
import { READ_NAMES } from '../../src/cache/query-protocol.ts';
import { ProblemError, type ProblemKind } from '../../src/domain/problem.ts';
import { damageIndex, opened, query, temporaryPath } from './open.ts';
import { finding } from './samples.ts';

const isOfKind =
  (kind: ProblemKind) =>
  (error: unknown): boolean =>
    error instanceof ProblemError && error.problem.kind === kind;
const isCancelled = isOfKind('cancelled');
const isUnusable = isOfKind('store-unusable');

test('the other thread answers what the store itself does', async (t) => {
  const path = temporaryPath(t);
  const store = opened(path);
  t.after(() => store.close());
  for (const id of ['a', 'b', 'c']) store.saveFinding(finding(id), 1);
  const queries = createQueries(path);
  t.after(() => queries.close());
  const asked = query('status:active');
  assert.deepEqual(await queries.counts(asked), store.counts(asked));
  assert.deepEqual(await queries.window(asked, 0, 10), store.window(asked, 0, 10));
  assert.deepEqual(await queries.fixedMarks(), store.fixedMarks());
  store.saveFinding(finding('d'), 2);
  assert.equal((await queries.counts(asked)).findings, 4, 'what was written meanwhile is seen');
  for (const name of READ_NAMES) assert.equal(typeof queries[name], 'function');
});

test('the other thread leaves a damaged store where it is: this one has it open', async (t) => {
  const path = temporaryPath(t);
  const store = opened(path);
  t.after(() => store.close());
  writeFileSync(`${path}.damaged`, '');
  const queries = createQueries(path);
  t.after(() => queries.close());
  await assert.rejects(queries.counts(query('')), isUnusable);
  assert.ok(existsSync(`${path}.damaged`));
});

test('damage that the other thread meets while nobody asks is told to whoever asks next', async (t) => {
  const path = temporaryPath(t);
  const store = opened(path);
  store.saveFinding(finding('a'), 1);
  store.close();
  damageIndex(path, 'finding_of_exposure');
  const marked = new Promise<void>((resolve) => {
    const folder = watch(dirname(path), (_, name) => name?.endsWith('.damaged') === true && resolve());
    t.after(() => folder.close());
  });
  const queries = createQueries(path);
  t.after(() => queries.close());
  assert.equal(await queries.lastVisit(), 0);
  await marked;
  await assert.rejects(queries.lastVisit(), isUnusable);
});

test('after the other thread has failed a question is refused: nobody would ever answer it', async (t) => {
  const path = temporaryPath(t);
  opened(path).close();
  const posted = t.mock.method(Worker.prototype, 'postMessage');
  const queries = createQueries(path);
  t.after(() => queries.close());
  const asked = queries.in('list').summary();
  const worker = posted.mock.calls[0]?.this as Worker;
  worker.emit('error', new Error('out of memory'));
  await assert.rejects(asked, isOfKind('bug'));
  await assert.rejects(queries.in('list').summary(), isOfKind('bug'));
});

test('details that are missing are named in the order asked for, and only where there is more to know', () => {
  const store = opened();
  const unused = { findingType: 'UnusedIAMRole', resourceType: 'AWS::IAM::Role' } as const;
  for (const id of ['late', 'early', 'known', 'gone']) store.saveFinding(finding(id, unused), 1);
  store.saveFinding(finding('whole'), 1);
  store.saveFinding(finding('failed', { ...unused, error: 'ACCESS_DENIED' }), 1);
  store.saveDetail(finding('known', unused), finding('known').updatedAt, { kind: 'unused-role' });
  store.markGone(finding('gone', unused), 2);
  const exposureOf = (id: string): string => store.finding(finding(id, unused))?.exposureId ?? id;
  const asked = ['early', 'whole', 'failed', 'known', 'gone', 'late'].map(exposureOf);
  assert.deepEqual(
    store.missingDetails([...asked, 'unknown']).map(({ id }) => id),
    ['early', 'late'],
  );
  assert.equal(store.withoutDetail(['UnusedIAMRole']), 2);
  assert.equal(store.withoutDetail(['UnusedIAMRole', 'ExternalAccess']), 3);
  assert.equal(store.withoutDetail(['UnusedIAMRole'], 1), 1);
  assert.equal(store.withoutDetail(['InternalAccess']), 0);
  store.close();
});

test('a newer question of a slot drops those that wait, and leaves other slots alone', async (t) => {
  const path = temporaryPath(t);
  opened(path).close();
  const queries = createQueries(path);
  t.after(() => queries.close());
  const first = queries.in('list').counts(query(''));
  const dropped = queries.in('list').counts(query('a'));
  const other = queries.in('header').counts(query('b'));
  const last = queries.in('list').counts(query('c'));
  await assert.rejects(dropped, isCancelled);
  await Promise.all([first, other, last]);
});

test('a question waits for its own slot alone, for this thread may be too busy to take in the answers of others', async (t) => {
  const path = temporaryPath(t);
  opened(path).close();
  const posted = t.mock.method(Worker.prototype, 'postMessage');
  const queries = createQueries(path);
  t.after(() => queries.close());
  const asked = ['values', 'list', 'list'].map((slot) => queries.in(slot).counts(query('')));
  assert.equal(posted.mock.callCount(), 2);
  await Promise.all(asked);
  assert.equal(posted.mock.callCount(), 3);
});

test('what is asked for no place on the screen does not wait: nothing newer could take its place', async (t) => {
  const path = temporaryPath(t);
  opened(path).close();
  const posted = t.mock.method(Worker.prototype, 'postMessage');
  const queries = createQueries(path);
  t.after(() => queries.close());
  const asked = [queries.exposure('a'), queries.exposure('b'), queries.exposure('c')];
  assert.equal(posted.mock.callCount(), 3);
  await Promise.all(asked);
});

test('an aborted question is dropped, whether it waits or not', async (t) => {
  const path = temporaryPath(t);
  opened(path).close();
  const queries = createQueries(path);
  t.after(() => queries.close());
  const running = new AbortController();
  const waiting = new AbortController();
  const asked = [
    queries.in('list', running.signal).summary(),
    queries.in('detail', waiting.signal).summary(),
  ];
  running.abort();
  waiting.abort();
  for (const each of asked) await assert.rejects(each, isCancelled);
  await assert.rejects(queries.in('list', running.signal).summary(), isCancelled);
  assert.equal((await queries.summary()).journalEntries, 0);
});

test('a store that cannot be opened is a problem, not a crash', async (t) => {
  const queries = createQueries('/proc/iam-triage/store.db');
  t.after(() => queries.close());
  await assert.rejects(queries.summary(), isUnusable);
});

test('closing drops what is still open', async (t) => {
  const path = temporaryPath(t);
  opened(path).close();
  const queries = createQueries(path);
  const asked = queries.summary();
  const closed = queries.close();
  await assert.rejects(asked, isCancelled);
  await closed;
});

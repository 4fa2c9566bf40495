import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from '../../src/cache/sqlite.ts';
import type { Store } from '../../src/cache/store.ts';
import { ProblemError } from '../../src/domain/problem.ts';
import { opened, query, temporaryPath } from './open.ts';
import { finding } from './samples.ts';

const { profile, region, analyzerArn } = finding('any');
const scope = { profile, region, analyzerArn };

const isLocked = (thrown: unknown): boolean =>
  thrown instanceof ProblemError && thrown.problem.kind === 'store-locked';

const ids = (store: Store, text = ''): string[] =>
  [...store.findingsOf(query(text))].map(({ id }) => id).sort();

function fullPass(store: Store, pages: readonly (readonly string[])[], at: number) {
  const pass = store.beginPass({ ...scope, mode: 'full', startedAt: at });
  pages.forEach((page, index) =>
    pass.savePage(
      page.map((id) => finding(id)),
      index + 1 < pages.length ? `after-${index}` : undefined,
    ),
  );
  return pass.finish(at + 1);
}

test('a full pass marks what it did not see as gone, and keeps it for history', () => {
  const store = opened();
  assert.deepEqual(fullPass(store, [['a', 'b'], ['c']], 100), { gone: 0 });
  assert.deepEqual(fullPass(store, [['a'], ['c', 'd']], 200), { gone: 1 });
  assert.deepEqual(ids(store), ['a', 'c', 'd']);
  assert.equal(store.finding({ ...scope, id: 'b' })?.goneAt, 201);
  assert.deepEqual(fullPass(store, [['a', 'b', 'c', 'd']], 300), { gone: 0 });
  assert.deepEqual(ids(store), ['a', 'b', 'c', 'd'], 'what comes back is there again');
  assert.equal(store.finding({ ...scope, id: 'b' })?.firstSeenAt, 100);
});

test('a finding listed twice, on one page or on two, is one finding', () => {
  const store = opened();
  fullPass(
    store,
    [
      ['a', 'a', 'b'],
      ['b', 'c'],
    ],
    100,
  );
  assert.deepEqual(store.counts(query('')), { exposures: 3, findings: 3, publicFindings: 0 });
  assert.deepEqual(fullPass(store, [['a'], ['a', 'a']], 200), { gone: 2 }, 'seeing one twice hides no other');
});

test('a full pass leaves other analyzers alone', () => {
  const store = opened();
  const other = { ...finding('z'), analyzerArn: `${analyzerArn}-2` };
  store.saveFinding(other, 1);
  fullPass(store, [['a']], 100);
  assert.deepEqual(ids(store), ['a', 'z']);
});

test('an incremental pass marks nothing as gone and remembers how far it saw', () => {
  const store = opened();
  fullPass(store, [['a', 'b']], 100);
  const pass = store.beginPass({ ...scope, mode: 'incremental', startedAt: 200 });
  pass.savePage([finding('b', { status: 'ARCHIVED', updatedAt: 1_800_000_000_000 })], undefined);
  assert.deepEqual(pass.finish(201), { gone: 0 });
  assert.deepEqual(ids(store, 'status:active'), ['a']);
  assert.deepEqual(store.lastPass(profile, analyzerArn), {
    finishedAt: 201,
    fullAt: 101,
    maxUpdatedAt: 1_800_000_000_000,
    startedAt: 200,
  });
  const empty = store.beginPass({ ...scope, mode: 'incremental', startedAt: 300 });
  empty.finish(301);
  assert.equal(
    store.lastPass(profile, analyzerArn)?.maxUpdatedAt,
    1_800_000_000_000,
    'one that saw nothing forgets nothing',
  );
});

test('an interrupted pass leaves the last good state and goes on where it stopped', () => {
  const store = opened();
  fullPass(store, [['a', 'b', 'c']], 100);
  const pass = store.beginPass({ ...scope, mode: 'full', startedAt: 200 });
  pass.savePage([finding('a')], 'token-1');
  pass.interrupt();
  assert.deepEqual(ids(store), ['a', 'b', 'c'], 'nothing is gone yet');
  assert.equal(store.lastPass(profile, analyzerArn)?.finishedAt, 101);

  const resume = store.interruptedPass(profile, analyzerArn);
  assert.equal(resume?.nextToken, 'token-1');
  assert.ok(resume);
  const rest = store.beginPass({ ...scope, mode: 'full', startedAt: 250, resume });
  rest.savePage([finding('c')], undefined);
  assert.deepEqual(rest.finish(260), { gone: 1 });
  assert.deepEqual(ids(store), ['a', 'c'], 'what the first half saw counts');
  assert.equal(store.interruptedPass(profile, analyzerArn), undefined);
});

test('a pass whose process died can be resumed from its last page on the disk', (t) => {
  const path = temporaryPath(t);
  const dying = opened(path);
  const pass = dying.beginPass({ ...scope, mode: 'full', startedAt: 100 });
  pass.savePage([finding('a')], 'token-1');
  // Another connection stands for the next start; the first is never told to stop.
  const next = opened(path);
  assert.equal(next.interruptedPass(profile, analyzerArn)?.nextToken, 'token-1');
  assert.deepEqual(ids(next), ['a']);
  dying.close();
  next.close();
});

test('a pass of which a page was lost with the page of another is not complete, and takes nothing for gone', (t) => {
  const path = temporaryPath(t);
  const store = opened(path, { busyTimeoutMs: 0 });
  fullPass(store, [['a', 'b']], 100);
  // No time passes: only the first page after a pause is written at once.
  t.mock.method(performance, 'now', () => Number.MAX_SAFE_INTEGER);
  const other = store.beginPass({ ...scope, analyzerArn: `${analyzerArn}-2`, mode: 'full', startedAt: 200 });
  const pass = store.beginPass({ ...scope, mode: 'full', startedAt: 200 });
  other.savePage([finding('z')], 'first');
  pass.savePage([finding('a'), finding('b')], undefined);
  const elsewhere = connect(path);
  elsewhere.exec('BEGIN IMMEDIATE');
  assert.throws(() => other.finish(210), isLocked);
  elsewhere.exec('COMMIT');
  assert.throws(() => pass.finish(220), isLocked);
  assert.throws(() => pass.savePage([finding('c')], undefined), isLocked, 'no later place is kept');
  pass.interrupt();
  assert.deepEqual(ids(store), ['a', 'b', 'z']);
  assert.equal(store.lastPass(profile, analyzerArn)?.finishedAt, 101);
  store.close();
  elsewhere.close();
});

test('what triage reads back while a pass runs is not taken for gone', () => {
  const store = opened();
  fullPass(store, [['a', 'b']], 100);
  const pass = store.beginPass({ ...scope, mode: 'full', startedAt: 200 });
  pass.savePage([finding('a')], undefined);
  store.saveFinding(finding('b', { status: 'ARCHIVED' }), 210);
  assert.deepEqual(pass.finish(220), { gone: 0 });
});

test('a page that was on its way while triage changed a finding does not bring the old state back', () => {
  const store = opened();
  fullPass(store, [['a', 'b']], 100);
  const pass = store.beginPass({ ...scope, mode: 'full', startedAt: 200 });
  const page = [finding('a', { updatedAt: 150 }), finding('b', { updatedAt: 150 })];
  store.saveFinding(finding('a', { status: 'ARCHIVED', updatedAt: 250 }), 250);
  pass.savePage(page, undefined);
  assert.deepEqual(pass.finish(300), { gone: 0 });
  assert.equal(store.finding({ ...scope, id: 'a' })?.status, 'ARCHIVED');
  assert.equal(store.finding({ ...scope, id: 'b' })?.updatedAt, 150);

  const next = store.beginPass({ ...scope, mode: 'full', startedAt: 400 });
  next.savePage(page, undefined);
  next.finish(500);
  assert.equal(store.finding({ ...scope, id: 'a' })?.status, 'ACTIVE', 'a later pass is believed');
});

test('an analyzer that is no longer there takes its findings and rules with it', () => {
  const store = opened();
  const target = { profile, region };
  const analyzer = {
    ...scope,
    arn: analyzerArn,
    name: 'external',
    type: 'ACCOUNT' as const,
    status: 'ACTIVE' as const,
    createdAt: 1,
  };
  store.saveAnalyzers(target, [analyzer]);
  store.saveArchiveRules(analyzerArn, profile, [
    { ...scope, ruleName: 'own', filter: {}, createdAt: 1, updatedAt: 1 },
  ]);
  fullPass(store, [['a', 'b']], 100);
  assert.equal(store.summary().analyzers[0]?.counts.active, 2);
  store.dropMissingAnalyzers(target, [analyzerArn], 150);
  assert.equal(store.summary().analyzers.length, 1);
  store.dropMissingAnalyzers(target, [], 200);
  assert.deepEqual(ids(store), []);
  assert.deepEqual(store.summary().analyzers, []);
  assert.deepEqual(store.archiveRules(), []);
  assert.equal(store.lastPass(profile, analyzerArn), undefined);
});

test('an analyzer that was deleted is forgotten in slices, at once for whoever looks', () => {
  const store = opened();
  fullPass(store, [['a', 'b', 'c']], 100);
  assert.equal(store.dropAnalyzer(scope, 200, 2), 2);
  assert.deepEqual(store.summary().analyzers, []);
  assert.equal(ids(store).length, 1);
  assert.equal(store.dropAnalyzer(scope, 200, 2), 1);
  assert.deepEqual(ids(store), []);
  assert.equal(store.dropAnalyzer({ ...scope, analyzerArn: 'unknown' }, 200, 2), 0);
});

test('what is gone for long is forgotten, and its exposure with it', () => {
  const store = opened();
  const day = 86_400_000;
  fullPass(store, [['a', 'b']], 100);
  fullPass(store, [['a']], 200);
  const exposureId = store.finding({ ...scope, id: 'b' })?.exposureId ?? '';
  store.finishSync(89 * day);
  assert.equal(store.exposure(exposureId)?.findings.length, 1);
  store.finishSync(91 * day);
  assert.equal(store.finding({ ...scope, id: 'b' }), undefined);
  assert.equal(store.exposure(exposureId), undefined);
  assert.equal(store.counts(query('')).exposures, 1);
  assert.equal(store.summary().lastSyncAt, 91 * day);
});

test('the outcome of a Region that was never read stands until it has one', () => {
  const store = opened();
  const first = { profile, region, status: 'failed', at: 1, error: 'Not yet.' } as const;
  store.saveFirstOutcomes([first]);
  assert.deepEqual(store.summary().regions, [first]);
  store.saveRegionOutcome({ profile, region, status: 'ok', at: 5, lastOkAt: 5 });
  store.saveFirstOutcomes([{ ...first, at: 9 }]);
  assert.deepEqual(
    store.summary().regions.map(({ status, at }) => [status, at]),
    [['ok', 5]],
  );
});

test('a Region outcome keeps when it was last seen whole', () => {
  const store = opened();
  store.saveRegionOutcome({ profile, region, status: 'ok', at: 5, lastOkAt: 5 });
  store.saveRegionOutcome({ profile, region, status: 'denied', at: 9, error: 'Not allowed.' });
  assert.deepEqual(store.summary().regions, [
    { profile, region, status: 'denied', at: 9, error: 'Not allowed.', lastOkAt: 5 },
  ]);
});

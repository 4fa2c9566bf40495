import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Connection } from '../../src/cache/sqlite.ts';
import { exposureIdOf } from '../../src/domain/exposure.ts';
import type { Finding } from '../../src/domain/finding.ts';
import { opened, query } from './open.ts';
import { finding } from './samples.ts';

const elsewhere = (id: string, region: string, change: Partial<Finding> = {}): Finding =>
  finding(id, {
    resource: finding('a').resource,
    region,
    analyzerArn: `arn:aws:access-analyzer:${region}:1:analyzer/x`,
    ...change,
  });

test('twins of other Regions are one row, which shows those that match', () => {
  const store = opened();
  store.saveFinding(finding('a', { createdAt: 30, updatedAt: 40 }), 5);
  store.saveFinding(elsewhere('b', 'eu-west-1', { status: 'ARCHIVED', createdAt: 10, updatedAt: 90 }), 6);
  const [row] = store.window(query(''), 0, 10);
  assert.deepEqual(
    [row?.findings, row?.regions, row?.status, row?.createdAt, row?.updatedAt, row?.firstSeenAt],
    [2, ['eu-west-1', 'us-east-1'], 'MIXED', 10, 90, 5],
  );
  const [active] = store.window(query('status:active'), 0, 10);
  assert.deepEqual([active?.findings, active?.regions, active?.status], [1, ['us-east-1'], 'ACTIVE']);
  assert.deepEqual(store.counts(query('status:active')), { exposures: 1, findings: 1, publicFindings: 0 });
});

test('of twins that changed at the same time the same one speaks for the row, whichever came first', () => {
  const twins = [finding('a'), elsewhere('b', 'eu-west-1', { action: ['s3:PutObject'] })];
  for (const order of [twins, twins.toReversed()]) {
    const store = opened();
    for (const each of order) store.saveFinding(each, 5);
    assert.deepEqual(store.window(query(''), 0, 1)[0]?.action, ['s3:GetObject']);
  }
});

test('a row is public as soon as one of its findings is, and old as the oldest that is still listed', () => {
  const store = opened();
  store.saveFinding(finding('a', { createdAt: 30, updatedAt: 40 }), 5);
  store.saveFinding(elsewhere('b', 'eu-west-1', { isPublic: true, createdAt: 10, updatedAt: 90 }), 6);
  const young = finding('young', { createdAt: 20, updatedAt: 50 });
  store.saveFinding(young, 5);
  const order = (key: 'age' | 'updated') =>
    store
      .window(query('', { sort: { key, descending: true } }), 0, 10)
      .map(({ resource }) => (resource === young.resource ? 'young' : 'twins'));
  assert.equal(store.window(query('type:external resource:*bucket-a'), 0, 1)[0]?.isPublic, true);
  assert.deepEqual(
    [order('age'), order('updated')],
    [
      ['twins', 'young'],
      ['twins', 'young'],
    ],
  );
  store.markGone(elsewhere('b', 'eu-west-1'), 7);
  assert.equal(store.window(query('type:external resource:*bucket-a'), 0, 1)[0]?.isPublic, false);
  assert.deepEqual(
    [order('age'), order('updated')],
    [
      ['young', 'twins'],
      ['young', 'twins'],
    ],
  );
  store.saveFinding(finding('a', { createdAt: 10, updatedAt: 90 }), 8);
  assert.deepEqual(
    [order('age'), order('updated')],
    [
      ['twins', 'young'],
      ['twins', 'young'],
    ],
  );
});

test('what changes and keeps its time of update is stored all the same', () => {
  for (const change of [
    { status: 'ARCHIVED' },
    { createdAt: 7 },
    { analyzedAt: 7 },
    { resourceOwnerAccount: '999900001111' },
    { action: ['s3:PutObject'] },
    { isPublic: true },
    { principal: { AWS: '999900001111' } },
  ] as const) {
    const store = opened();
    store.saveFinding(finding('a'), 5);
    const changed = finding('a', change);
    store.saveFinding(changed, 6);
    const { exposureId, firstSeenAt, goneAt, detail, risk, ...kept } =
      store.finding(changed) ?? assert.fail();
    assert.deepEqual(kept, changed);
    assert.deepEqual(
      [exposureId, firstSeenAt, goneAt, detail, risk > 0],
      [exposureIdOf(changed), 5, undefined, undefined, true],
    );
  }
});

test('by an exposure or a resource all of its findings are found, however many, unless a limit is given', () => {
  const store = opened();
  for (let at = 0; at < 150; at++) store.saveFinding(elsewhere(`f${at}`, `region-${at}`), 5);
  const { resource } = finding('a');
  const [row] = store.window(query(''), 0, 1);
  for (const text of [resource, row?.exposureId ?? '', 'f']) {
    assert.equal(store.findById(text).length, 150);
    assert.equal(store.findById(text, 7).length, 7);
  }
});

test('what is open decides the risk; what is resolved only where nothing else is left', () => {
  const store = opened();
  const wide = { action: ['s3:*'], isPublic: true, principal: { AWS: '*' } };
  store.saveFinding(finding('a', { ...wide, status: 'RESOLVED' }), 1);
  const risky = store.window(query(''), 0, 1)[0]?.risk ?? 0;
  store.saveFinding(elsewhere('b', 'eu-west-1', { ...wide, action: ['s3:ListBucket'], status: 'ACTIVE' }), 1);
  const open = store.window(query(''), 0, 1)[0]?.risk ?? 0;
  assert.ok(open < risky, `${open} < ${risky}`);
  store.saveFinding(
    elsewhere('b', 'eu-west-1', { ...wide, action: ['s3:ListBucket'], status: 'ARCHIVED' }),
    2,
  );
  assert.equal(
    store.window(query(''), 0, 1)[0]?.risk,
    open,
    'what was archived comes before what is resolved',
  );
});

test('the list stands by risk, then the older first', () => {
  const store = opened();
  store.saveFinding(finding('young', { createdAt: 300 }), 1);
  store.saveFinding(finding('old', { createdAt: 100 }), 1);
  store.saveFinding(finding('public', { createdAt: 900, isPublic: true, principal: { AWS: '*' } }), 1);
  const names = store
    .window(query(''), 0, 10)
    .map((row) => row.resource.slice('arn:aws:s3:::bucket-'.length));
  assert.deepEqual(names, ['public', 'old', 'young']);
});

const internal = (id: string, change: Partial<Finding> = {}): Finding => {
  const {
    principal: _,
    action: _action,
    condition: _condition,
    isPublic: _public,
    ...row
  } = finding(id, change);
  return { ...row, findingType: 'InternalAccess', resource: 'arn:aws:s3:::shared' };
};

test('a detail that reveals the principal moves the finding to its exposure, with what was decided', () => {
  const store = opened();
  store.saveFinding(internal('a'), 1);
  store.saveFinding(internal('b'), 1);
  assert.equal(store.counts(query('')).exposures, 2, 'unknown principals are not the same principal');
  const before = exposureIdOf(internal('a'));
  store.saveDecisions([{ exposureId: before, reason: 'known', decidedAt: 1 }]);
  store.setFixedMark(before, 7);

  const principal = { AWS: 'arn:aws:iam::111122223333:role/app' };
  const detail = { kind: 'internal' as const, principal, action: ['s3:GetObject'], condition: {} };
  for (const id of ['a', 'b']) store.saveDetail(internal(id), internal(id).updatedAt, detail);
  const rows = store.window(query(''), 0, 10);
  assert.equal(rows.length, 1);
  assert.deepEqual(
    [rows[0]?.findings, rows[0]?.principal, rows[0]?.hasDecision, rows[0]?.fixedAt],
    [2, principal, true, 7],
  );
  assert.equal(store.decision(rows[0]?.exposureId ?? '')?.reason, 'known');
  assert.equal(store.exposure(before), undefined, 'the exposure it stood for alone is no more');

  store.saveFinding(internal('a', { status: 'ARCHIVED', updatedAt: internal('a').updatedAt + 1 }), 2);
  assert.equal(
    store.counts(query('')).exposures,
    1,
    'the next list row says nothing of the principal; it stays known',
  );
  assert.equal(store.finding(internal('a'))?.detail, undefined, 'the detail was of an older state');
  assert.equal(store.finding(internal('b'))?.detail?.kind, 'internal');
});

test('two keys of a user are two exposures once their details are known', () => {
  const store = opened();
  const key = (id: string): Finding => ({
    ...internal(id),
    findingType: 'UnusedIAMUserAccessKey',
    resource: 'arn:aws:iam::1:user/u',
  });
  for (const id of ['a', 'b', 'c']) store.saveFinding(key(id), 1);
  store.saveDetail(key('a'), key('a').updatedAt, { kind: 'unused-key', accessKeyId: 'AKIAEXAMPLE00001' });
  store.saveDetail(key('b'), key('b').updatedAt, { kind: 'unused-key', accessKeyId: 'AKIAEXAMPLE00001' });
  store.saveDetail(key('c'), key('c').updatedAt, { kind: 'unused-key', accessKeyId: 'AKIAEXAMPLE00002' });
  assert.equal(store.counts(query('')).exposures, 2);
  assert.equal(store.window(query('akiaexample00001'), 0, 5)[0]?.what, 'AKIA…0001');
});

test('who holds the id of before a detail is told the one of now; of others there is nothing to tell', () => {
  const store = opened();
  const role = { findingType: 'UnusedIAMRole' } as const;
  const key = { findingType: 'UnusedIAMUserAccessKey' } as const;
  for (const id of ['a', 'b', 'c']) store.saveFinding({ ...internal(id), ...key }, 1);
  store.saveFinding({ ...internal('r'), ...role }, 1);
  const before = (id: string): string => store.finding(internal(id))?.exposureId ?? '';
  const [a, b, c, r] = [before('a'), before('b'), before('c'), before('r')];
  const { updatedAt } = internal('a');
  store.saveDetail(internal('a'), updatedAt, { kind: 'unused-key', accessKeyId: 'AKIAEXAMPLE00001' });
  store.saveFinding({ ...internal('b'), ...key, accessKeyId: 'AKIAEXAMPLE00002' }, 2);
  assert.notEqual(before('a'), a);
  assert.deepEqual(
    [...store.successors([a, b, c, r, 'unknown', before('a')])],
    [
      [a, before('a')],
      [b, before('b')],
    ],
  );
});

test('a decision outlives the finding it was made about', () => {
  const store = opened();
  store.saveFinding(finding('a'), 1);
  const { exposureId } = store.window(query(''), 0, 1)[0] ?? { exposureId: '' };
  store.saveDecisions([{ exposureId, reason: 'vendor', decidedAt: 1 }]);
  store.markGone(finding('a'), 2);
  assert.deepEqual(store.counts(query('')), { exposures: 0, findings: 0, publicFindings: 0 });
  store.saveFinding(finding('new-id', { resource: finding('a').resource }), 3);
  assert.equal(store.window(query('note:vendor'), 0, 1)[0]?.hasDecision, true);
});

test('a stranger who becomes known is less of a risk, and the other way round', () => {
  const store = opened();
  store.saveFinding(finding('a'), 1);
  const stranger = store.window(query(''), 0, 1)[0]?.risk ?? 0;
  store.setKnownAccounts(new Set(['444455556666']));
  const known = store.window(query(''), 0, 1)[0]?.risk ?? 0;
  assert.ok(known < stranger, `${known} < ${stranger}`);
  store.saveFinding(finding('b'), 1);
  assert.deepEqual(
    store.window(query(''), 0, 5).map((row) => row.risk),
    [known, known],
  );
  store.setKnownAccounts(new Set());
  assert.deepEqual(
    store.window(query(''), 0, 5).map((row) => row.risk),
    [stranger, stranger],
  );
});

test('an exposure says whether an error stands for its resource', () => {
  const store = opened();
  store.saveFinding(finding('a', { status: 'RESOLVED' }), 1);
  store.saveFinding(finding('b', { resource: finding('a').resource, error: 'ACCESS_DENIED' }), 1);
  const resolved = store.window(query('status:resolved'), 0, 1)[0]?.exposureId ?? '';
  assert.equal(store.exposure(resolved)?.errorFindings, 1);
});

test('decisions are on the disk when they are saved, those of one request in one transaction', (t) => {
  const durable = t.mock.method(Connection.prototype, 'durable');
  const store = opened();
  store.saveDecisions([
    { exposureId: 'a', reason: 'vendor', decidedAt: 1 },
    { exposureId: 'b', reason: 'vendor', decidedAt: 1 },
  ]);
  assert.equal(durable.mock.callCount(), 1);
  assert.deepEqual([store.decision('a')?.reason, store.decision('b')?.reason], ['vendor', 'vendor']);
  store.close();
});

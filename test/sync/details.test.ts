import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { FindingDetail } from '../../src/domain/finding.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { createDetailFetcher } from '../../src/sync/details.ts';
import { aFinding, anAnalyzer, aProblem, FakeGateway, NOW } from './fake-gateway.ts';
import { MemoryStore } from './memory-store.ts';

const analyzer = anAnalyzer('us-east-1', 'unused', 'ACCOUNT_UNUSED_ACCESS');
const DETAIL: FindingDetail = { kind: 'unused-role' };

/** Requests wait at a gate until the test lets them through, one by one. */
function start(count = 20) {
  const findings = Array.from({ length: count }, (_, index) => aFinding(analyzer, `f${index}`));
  const gateway = new FakeGateway().add(analyzer, findings);
  const store = new MemoryStore();
  for (const finding of findings) {
    store.saveFinding(finding);
    gateway.details.set(finding.id, DETAIL);
  }
  const arrived: string[] = [];
  const problems: [string, Problem['kind']][] = [];
  const storeProblems: Problem['kind'][] = [];
  const gates: (() => void)[] = [];
  gateway.before = (_request, signal) =>
    new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(aProblem('cancelled')));
      gates.push(resolve);
    });
  let now = NOW;
  const fetcher = createDetailFetcher({
    gateway,
    store,
    clock: () => now,
    onArrived: ({ id }) => arrived.push(id),
    onProblem: ({ id }, { kind }) => problems.push([id, kind]),
    onStoreProblem: ({ kind }) => storeProblems.push(kind),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const open = async () => {
    for (const gate of gates.splice(0)) gate();
    await settle();
  };
  const asked = () => gateway.log.map(({ call }) => call.replace('getFinding ', ''));
  return {
    gateway,
    store,
    fetcher,
    findings,
    arrived,
    problems,
    storeProblems,
    open,
    settle,
    asked,
    pass: (ms: number) => (now += ms),
  };
}

test('What is most important is asked first, a few at once', async () => {
  const { fetcher, findings, asked, open, arrived, store } = start();
  fetcher.want([...findings].reverse());
  assert.deepEqual(asked(), ['f19', 'f18', 'f17', 'f16']);
  await open();
  assert.deepEqual(arrived, ['f19', 'f18', 'f17', 'f16']);
  assert.deepEqual(asked().slice(4), ['f15', 'f14', 'f13', 'f12']);
  assert.deepEqual(store.rows.get('f19')?.detail, DETAIL);
});

test('The store is asked about those only whose turn it is: it answers on the thread of the keys', async () => {
  const { fetcher, findings, open, store } = start(200);
  const asked = mock.method(store, 'finding').mock;
  fetcher.want(findings);
  assert.equal(asked.callCount(), 4);
  await open();
  assert.equal(asked.callCount(), 8);
});

test('A Region that is slow keeps no other Region waiting', async () => {
  const { fetcher, findings, gateway, store, asked } = start();
  const elsewhere = anAnalyzer('eu-west-1', 'unused', 'ACCOUNT_UNUSED_ACCESS');
  const west = aFinding(elsewhere, 'w');
  gateway.add(elsewhere, [west]);
  store.saveFinding(west);
  fetcher.want([...findings, west]);
  assert.deepEqual(asked(), ['f0', 'f1', 'f2', 'f3', 'w']);
});

test('What a detail tells of its finding is known from then on', async () => {
  const { fetcher, findings, gateway, store, open } = start(1);
  gateway.findings.set(analyzer.arn, [aFinding(analyzer, 'f0', { status: 'RESOLVED' })]);
  fetcher.want(findings);
  await open();
  assert.equal(store.rows.get('f0')?.finding.status, 'RESOLVED');
});

test('New wishes replace the old ones; what was sent is let finish', async () => {
  const { fetcher, findings, asked, open, arrived } = start();
  fetcher.want(findings);
  fetcher.want(findings.slice(10, 12));
  await open();
  await open();
  await fetcher.idle();
  assert.deepEqual(asked(), ['f0', 'f1', 'f2', 'f3', 'f10', 'f11']);
  assert.equal(arrived.length, 6);
});

test('What waits for its turn is dropped when it is wanted no more', async () => {
  const { gateway, fetcher, findings, settle, problems } = start();
  const waiting: string[] = [];
  const dropped: string[] = [];
  gateway.at = () =>
    ({
      getFinding: (ref: { id: string }, signal?: AbortSignal) => {
        waiting.push(ref.id);
        return new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            dropped.push(ref.id);
            reject(aProblem('cancelled'));
          });
        });
      },
    }) as unknown as ReturnType<FakeGateway['at']>;
  fetcher.want(findings.slice(0, 6));
  fetcher.want(findings.slice(3, 8));
  await settle();
  assert.deepEqual(dropped, ['f0', 'f1', 'f2']);
  assert.deepEqual(waiting, ['f0', 'f1', 'f2', 'f3', 'f4', 'f5', 'f6']);
  assert.deepEqual(problems, []);
  fetcher.stop();
  await fetcher.idle();
  assert.equal(dropped.length, 7);
});

test('A detail is fetched once for each change of its finding, also where there is none to keep', async () => {
  const { gateway, store, fetcher, findings, asked, open } = start(2);
  gateway.details.delete('f1');
  const fetchAll = async () => {
    fetcher.want(findings);
    await open();
    await fetcher.idle();
  };
  await fetchAll();
  await fetchAll();
  assert.deepEqual(asked(), ['f0', 'f1']);
  const changed = { ...aFinding(analyzer, 'f0'), updatedAt: NOW };
  store.rows.set('f0', { finding: changed, pass: 0 });
  gateway.findings.set(analyzer.arn, [changed]);
  await fetchAll();
  assert.deepEqual(asked(), ['f0', 'f1', 'f0']);
});

test('Details of external findings came with the list', async () => {
  const { store, fetcher, asked } = start(0);
  const finding = aFinding(anAnalyzer('us-east-1', 'external'), 'e');
  store.saveFinding(finding);
  fetcher.want([finding]);
  await fetcher.idle();
  assert.deepEqual(asked(), []);
});

test('A finding that exists no more is marked gone and not asked again', async () => {
  const { gateway, store, fetcher, findings, arrived, open, asked } = start(1);
  gateway.findings.set(analyzer.arn, []);
  fetcher.want(findings);
  await open();
  assert.equal(store.rows.get('f0')?.goneAt, NOW);
  assert.deepEqual(arrived, ['f0']);
  fetcher.want(findings);
  await fetcher.idle();
  assert.equal(asked().length, 1);
});

test('What fails is told, keeps no other waiting, and is tried again after a minute', async () => {
  const { gateway, fetcher, findings, problems, open, asked, pass } = start(2);
  const before = gateway.before;
  gateway.before = (request, signal) => {
    if (request.call === 'getFinding f0') throw aProblem('throttled');
    return before(request, signal);
  };
  fetcher.want(findings);
  await open();
  await fetcher.idle();
  fetcher.want(findings);
  await fetcher.idle();
  assert.deepEqual(problems, [['f0', 'throttled']]);
  assert.deepEqual(asked(), ['f0', 'f1']);
  pass(60_001);
  fetcher.want(findings);
  await fetcher.idle();
  assert.equal(problems.length, 2);
});

test('A store that cannot be asked is told of once a minute, and crashes nothing', async () => {
  const { store, fetcher, findings, asked, open, pass, storeProblems } = start();
  fetcher.want(findings);
  const failing = mock.method(store, 'finding', () => {
    throw aProblem('store-unusable');
  });
  await open();
  await fetcher.idle();
  assert.equal(asked().length, 4, 'what waited is dropped');
  fetcher.want(findings);
  assert.deepEqual(storeProblems, ['store-unusable']);
  failing.mock.restore();
  pass(60_001);
  fetcher.want(findings);
  assert.equal(asked().length, 8);
  fetcher.stop();
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../src/domain/finding.ts';
import type { SyncProgress } from '../../src/sync/progress.ts';
import { runSync, type SyncOptions } from '../../src/sync/run-sync.ts';
import { aFinding, anAnalyzer, aProblem, FakeGateway, NOW } from './fake-gateway.ts';
import { MemoryStore } from './memory-store.ts';

const MINUTE = 60_000;
const external = anAnalyzer('us-east-1', 'external');
const unused = anAnalyzer('us-east-1', 'unused', 'ACCOUNT_UNUSED_ACCESS');
const west = anAnalyzer('eu-west-1', 'external');

const some = (
  count: number,
  prefix = 'f',
  analyzer = external,
  more: (index: number) => Partial<Finding> = () => ({}),
): Finding[] =>
  Array.from({ length: count }, (_, index) =>
    aFinding(analyzer, `${prefix}${index}`, { updatedAt: NOW - 1e9 - index, ...more(index) }),
  );

function start(gateway: FakeGateway, store = new MemoryStore(), options: Partial<SyncOptions> = {}) {
  let now = NOW;
  const sync = (more: Partial<SyncOptions> = {}) =>
    runSync({ gateway, store, clock: () => now, watchWaiting: () => () => false, ...options, ...more });
  return { gateway, store, sync, pass: (milliseconds: number) => (now += milliseconds) };
}

const calls = (gateway: FakeGateway, name: string) =>
  gateway.log.splice(0).filter(({ call }) => call === name);

test('A first sync brings every finding of every Region, and says what each Region was', async () => {
  const gateway = new FakeGateway()
    .add(external, some(5))
    .add(unused, some(3, 'u', unused))
    .add(west, some(2, 'w', west));
  gateway.region('sa-east-1');
  const { store, sync } = start(gateway);
  const report = await sync();
  assert.deepEqual(store.present(), ['f0', 'f1', 'f2', 'f3', 'f4', 'u0', 'u1', 'u2', 'w0', 'w1']);
  assert.deepEqual([report.findings, report.analyzers, report.requests], [10, 3, gateway.requests]);
  assert.deepEqual(report.regions, [
    { profile: 'default', region: 'us-east-1', status: 'ok' },
    { profile: 'default', region: 'eu-west-1', status: 'ok' },
    { profile: 'default', region: 'sa-east-1', status: 'no-analyzer' },
  ]);
  assert.deepEqual(store.outcomes.get('sa-east-1'), {
    profile: 'default',
    region: 'sa-east-1',
    status: 'no-analyzer',
    at: NOW,
    lastOkAt: NOW,
    accountId: '111122223333',
  });
  assert.equal(store.rules.size, 3);
  assert.equal(store.syncedAt, NOW);
});

test('A second sync asks for one page of each analyzer and writes nothing that is known', async () => {
  const { gateway, store, sync, pass } = start(
    new FakeGateway().add(external, some(50)).add(unused, some(50, 'u', unused)),
  );
  await sync();
  gateway.log.length = 0;
  store.saves.length = 0;
  pass(MINUTE);
  const report = await sync();
  const lists = gateway.log.filter(({ call }) => call === 'listFindings');
  assert.equal(lists.length, 2);
  assert.ok(
    lists.every(
      ({ options }) => options?.sort?.attributeName === 'updatedAt' && options.sort.orderBy === 'DESC',
    ),
  );
  assert.ok(report.requests <= 2 * 2);
  // The latest one is asked for again: another may have been updated in the same millisecond.
  assert.ok(store.saves.every(({ findings }) => findings === 1));
  assert.equal(store.present().length, 100);
});

test('What changed comes with the next sync, on however many pages', async () => {
  const { gateway, store, sync, pass } = start(new FakeGateway().add(external, some(20)));
  await sync();
  pass(MINUTE);
  const changed = some(7, 'f', external, () => ({ status: 'RESOLVED', updatedAt: NOW + 10 }));
  gateway.findings.set(external.arn, [...some(20).slice(7), ...changed]);
  await sync();
  assert.equal([...store.rows.values()].filter(({ finding }) => finding.status === 'RESOLVED').length, 7);
  assert.equal(store.present().length, 20);
});

test('A service whose next page goes back in time does not sort, and gets a full pass', async () => {
  const { gateway, store, sync, pass } = start(new FakeGateway().add(external, some(6)));
  await sync();
  pass(MINUTE);
  const at = (id: string, updatedAt: number) => aFinding(external, id, { updatedAt, status: 'ARCHIVED' });
  gateway.sorts = false;
  gateway.findings.set(external.arn, [
    at('f0', NOW + 4),
    at('f1', NOW + 1),
    at('f2', NOW + 3),
    ...some(6).slice(3),
  ]);
  await sync();
  assert.deepEqual(store.passes.map(({ mode, state }) => [mode, state]).slice(1), [
    ['incremental', 'interrupted'],
    ['full', 'done'],
  ]);
});

test('An analyzer that was deleted goes with the next sync', async () => {
  const { gateway, store, sync } = start(new FakeGateway().add(external, some(2)).add(unused));
  await sync();
  gateway.analyzers.pop();
  await sync();
  assert.deepEqual([...store.analyzers.keys()], [external.arn]);
});

test('A full pass marks what AWS lists no more as gone; an incremental one marks nothing', async () => {
  const { gateway, store, sync, pass } = start(new FakeGateway().add(external, some(6)));
  await sync();
  gateway.findings.set(external.arn, some(6).slice(2));
  pass(MINUTE);
  await sync();
  assert.equal(store.present().length, 6);
  await sync({ full: true });
  assert.deepEqual(store.present(), ['f2', 'f3', 'f4', 'f5']);
});

for (const refuses of [true, false]) {
  test(`A service that ${refuses ? 'refuses the sort' : 'takes the sort and does not follow it'} gets a full pass`, async () => {
    const { gateway, store, sync, pass } = start(new FakeGateway().add(external, some(6)));
    await sync();
    pass(MINUTE);
    const changed = aFinding(external, 'f5', { updatedAt: NOW + 1, status: 'ARCHIVED' });
    gateway.findings.set(external.arn, [...some(5), changed]);
    gateway.sorts = false;
    gateway.before = ({ options }) => {
      if (refuses && options?.sort !== undefined) throw aProblem('invalid', 'No such sort.');
    };
    gateway.pageSize = 10;
    const report = await sync();
    assert.equal(report.regions[0]?.status, 'ok');
    assert.equal(store.rows.get('f5')?.finding.status, 'ARCHIVED');
    assert.deepEqual(
      store.passes.map(({ mode, state }) => [mode, state]),
      [
        ['full', 'done'],
        ['incremental', 'interrupted'],
        ['full', 'done'],
      ],
    );
  });
}

for (const [kind, status] of [
  ['denied', 'denied'],
  ['throttled', 'throttled'],
  ['region-not-enabled', 'not-enabled'],
  ['timeout', 'failed'],
  ['bad-answer', 'failed'],
] as const) {
  test(`${kind} in one Region is its outcome and no other's`, async () => {
    const { gateway, store, sync } = start(
      new FakeGateway().add(external, some(5)).add(west, some(3, 'w', west)),
    );
    gateway.before = ({ region }) => {
      if (region === 'us-east-1') throw aProblem(kind, 'Told so.');
    };
    const report = await sync();
    assert.deepEqual(report.regions, [
      { profile: 'default', region: 'us-east-1', status, error: 'Told so.' },
      { profile: 'default', region: 'eu-west-1', status: 'ok' },
    ]);
    assert.deepEqual(store.present(), ['w0', 'w1', 'w2']);
    assert.equal(store.outcomes.get('us-east-1')?.lastOkAt, undefined);
    assert.equal(store.syncedAt, NOW);
  });
}

test('where no Region was seen the store is as old as it was', async () => {
  const { gateway, store, sync, pass } = start(
    new FakeGateway().add(external, some(5)).add(west, some(3, 'w', west)),
  );
  await sync();
  pass(MINUTE);
  gateway.before = () => {
    throw aProblem('denied', 'Not allowed.');
  };
  const { regions } = await sync();
  assert.ok(regions.every(({ status }) => status === 'denied'));
  assert.equal(store.syncedAt, NOW);
});

test('One analyzer’s failure leaves the others of its Region, and what was known of it', async () => {
  const { gateway, store, sync, pass } = start(
    new FakeGateway().add(external, some(4)).add(unused, some(4, 'u', unused)),
  );
  await sync();
  pass(MINUTE);
  const more = some(1, 'new', unused, () => ({ updatedAt: NOW + 1 }));
  gateway.findings.set(unused.arn, [...some(4, 'u', unused), ...more]);
  let lists = 0;
  gateway.before = ({ call }) => {
    if (call === 'listFindings' && (lists += 1) === 1) throw aProblem('throttled', 'Too fast.');
  };
  const report = await sync();
  assert.deepEqual(report.regions, [
    { profile: 'default', region: 'us-east-1', status: 'throttled', error: 'external: Too fast.' },
  ]);
  assert.equal(store.present().length, 9);
});

test('A login that has expired ends the profile with one problem, and leaves other profiles alone', async () => {
  const gateway = new FakeGateway();
  const other = { ...west, profile: 'other' };
  for (let index = 0; index < 30; index += 1) gateway.region(`r-${index}`);
  gateway.region('eu-west-1', 'other');
  gateway.add(other, [aFinding(other, 'o')]);
  const { store, sync } = start(gateway, new MemoryStore(), { concurrency: 4 });
  gateway.before = ({ region }) => {
    if (region.startsWith('r-')) throw aProblem('expired-credentials', 'The login has expired.');
  };
  const report = await sync();
  assert.deepEqual(
    report.problems.map(({ message }) => message),
    ['The login has expired.'],
  );
  assert.ok(gateway.log.length <= 4 + 3);
  assert.equal(
    report.regions.filter(({ status, error }) => status === 'failed' && error === 'The login has expired.')
      .length,
    30,
  );
  assert.deepEqual(store.present(), ['o']);
  assert.equal(store.syncedAt, undefined);
  assert.equal(store.outcomes.get('r-29')?.status, 'failed');
});

for (const kind of [
  'no-credentials',
  'expired-credentials',
  'mfa-required',
  'store-unusable',
  'store-locked',
  'store-newer',
] as const) {
  test(`${kind} ends the profile in its own words, and what was seen before it stays seen`, async () => {
    const gateway = new FakeGateway()
      .add(external, some(3))
      .add(west, some(3, 'w', west))
      .region('sa-east-1');
    const { store, sync } = start(gateway, new MemoryStore(), { concurrency: 1 });
    gateway.before = ({ region, call }) => {
      if (region === 'eu-west-1' && call === 'listFindings') throw aProblem(kind, 'Told so.');
    };
    const seen: SyncProgress[] = [];
    const report = await sync({ onProgress: (progress) => seen.push(progress) });
    assert.deepEqual(
      report.regions.map(({ status, error }) => [status, error]),
      [
        ['ok', undefined],
        ['failed', 'Told so.'],
        ['failed', 'Told so.'],
      ],
    );
    assert.deepEqual(
      seen.at(-1)?.regions.map(({ state }) => state),
      ['ok', 'failed', 'failed'],
    );
    assert.equal(report.problems.length, 1);
    assert.equal(store.outcomes.get('us-east-1')?.status, 'ok');
    assert.equal(
      store.outcomes.get('sa-east-1')?.error,
      kind.startsWith('store-') ? 'No sync has read it to its end yet.' : 'Told so.',
    );
  });
}

test('Cancelling is told once, however many profiles it ends', async () => {
  const gateway = new FakeGateway()
    .region('us-east-1')
    .region('eu-west-1', 'other')
    .region('eu-north-1', 'third');
  const { sync } = start(gateway);
  const report = await sync({ signal: AbortSignal.abort() });
  assert.deepEqual(
    report.problems.map(({ kind }) => kind),
    ['cancelled'],
  );
  gateway.before = () => {
    throw aProblem('no-credentials');
  };
  assert.equal((await sync()).problems.length, 3, 'each login is its own');
});

test('A line that is down is told once, after a few Regions have hung and none has answered', async () => {
  const gateway = new FakeGateway();
  for (let index = 0; index < 30; index += 1) gateway.region(`r-${index}`);
  const { sync } = start(gateway, new MemoryStore(), { concurrency: 3 });
  gateway.before = () => {
    throw aProblem('timeout', 'No answer.');
  };
  const down = await sync();
  assert.deepEqual(
    down.problems.map(({ kind }) => kind),
    ['timeout'],
  );
  assert.ok(gateway.log.length <= 6, `${gateway.log.length} requests`);
  gateway.before = ({ region, call }) => {
    if (region !== 'r-0' && call === 'listAnalyzers') throw aProblem('timeout', 'No answer.');
  };
  const lame = await sync();
  assert.deepEqual(lame.problems, []);
  assert.equal(lame.regions.filter(({ error }) => error === 'No answer.').length, 29);
});

test('While the first sync runs, and after it was cancelled, what it has not read is not seen', async () => {
  const { gateway, store, sync } = start(
    new FakeGateway().add(external, some(9)).add(west, some(9, 'w', west)),
  );
  const cancel = new AbortController();
  gateway.before = ({ region, call }) => {
    assert.ok(store.outcomes.has(region), 'it stands there before anything is asked');
    if (region === west.region && call === 'listFindings') cancel.abort();
  };
  await sync({ concurrency: 1, signal: cancel.signal });
  assert.deepEqual(
    [external, west].map(({ region }) => store.outcomes.get(region)?.status),
    ['ok', 'failed'],
  );
  assert.match(store.outcomes.get(west.region)?.error ?? '', /No sync has read it to its end/);
});

test('A store that cannot be written ends the sync with one problem', async () => {
  const { store, sync } = start(new FakeGateway().add(external, some(9)).add(west, some(9, 'w', west)));
  store.onSave = () => {
    throw aProblem('store-locked', 'Another process holds the store.');
  };
  store.saveRegionOutcome = store.onSave;
  const report = await sync({ concurrency: 1 });
  assert.deepEqual(
    report.problems.map(({ kind }) => kind),
    ['store-locked'],
  );
});

test('An analyzer that is DISABLED is known with its reason; its findings stay and are not counted as none', async () => {
  const { gateway, store, sync, pass } = start(new FakeGateway().add(external, some(3)));
  await sync();
  gateway.analyzers[0] = {
    ...external,
    status: 'DISABLED',
    statusReason: 'DELEGATED_ADMINISTRATOR_DEREGISTERED',
  };
  gateway.findings.set(external.arn, []);
  pass(MINUTE);
  const report = await sync({ full: true });
  assert.equal(store.present().length, 3);
  assert.equal(store.analyzers.get(external.arn)?.status, 'DISABLED');
  assert.deepEqual(report.notes, [
    'The analyzer external in us-east-1 is DISABLED (DELEGATED_ADMINISTRATOR_DEREGISTERED): its findings cannot be seen.',
  ]);
});

test('Archive rules that may not be read are a note; the findings count as seen', async () => {
  const { gateway, store, sync } = start(new FakeGateway().add(external, some(3)));
  gateway.before = ({ call }) => {
    if (call === 'listArchiveRules') throw aProblem('denied', 'Not allowed.');
  };
  const report = await sync();
  assert.equal(report.regions[0]?.status, 'ok');
  assert.match(report.notes.join(), /archive rules of external in us-east-1 were not read: Not allowed/);
  assert.equal(store.present().length, 3);
});

test('A tracking period that may not be read is a note; so is what a gateway found odd', async () => {
  const gateway = new FakeGateway().add(unused, some(3, 'u', unused));
  const at = gateway.at.bind(gateway);
  gateway.at = (target) => ({
    ...at(target),
    getAnalyzer: async () => {
      throw aProblem('denied', 'Told so.');
    },
  });
  const { store, sync, pass } = start(
    Object.assign(gateway, { oddities: ['A type of finding that is new.'] }),
  );
  gateway.before = ({ call }) => {
    if (call === 'listFindings') pass(5);
  };
  const report = await sync();
  assert.deepEqual(report.notes, [
    'The tracking period of unused in us-east-1 is not known: Told so.',
    'A type of finding that is new.',
  ]);
  assert.equal(store.present().length, 3);
  assert.equal(report.durationMs, 2 * 5);
});

test('A full pass that was interrupted goes on where it stood, and only then marks what is gone', async () => {
  const { gateway, store, sync, pass } = start(new FakeGateway().add(external, some(9)));
  await sync();
  gateway.findings.set(external.arn, some(9).slice(0, 8));
  pass(MINUTE);
  let lists = 0;
  gateway.before = ({ call }) => {
    if (call === 'listFindings' && (lists += 1) === 3) throw aProblem('unreachable', 'The line dropped.');
  };
  const broken = await sync({ full: true });
  assert.equal(broken.regions[0]?.status, 'failed');
  assert.equal(store.present().length, 9);
  gateway.before = () => {};
  calls(gateway, '');
  pass(MINUTE);
  const report = await sync();
  assert.deepEqual(
    calls(gateway, 'listFindings').map(({ options }) => options?.startToken?.slice(0, 3)),
    ['@4@', '@4@'],
  );
  assert.equal(report.findings, 4);
  assert.equal(store.present().length, 8);
  assert.deepEqual(
    store.passes.map(({ state }) => state),
    ['done', 'done'],
  );
});

test('A page token that has expired begins the pass anew', async () => {
  const { gateway, store, sync, pass } = start(new FakeGateway().add(external, some(9)));
  let lists = 0;
  gateway.before = ({ call }) => {
    if (call === 'listFindings' && (lists += 1) === 3) throw aProblem('unreachable');
  };
  await sync();
  gateway.before = ({ options }) => {
    if (options?.startToken !== undefined) throw aProblem('invalid', 'Token expired.');
  };
  pass(MINUTE);
  const report = await sync();
  assert.equal(report.regions[0]?.status, 'ok');
  assert.equal(store.present().length, 9);
});

test('A cancelled sync keeps what came, says of no Region why it failed, and goes on later', async () => {
  const { gateway, store, sync } = start(
    new FakeGateway().add(external, some(9)).add(west, some(3, 'w', west)),
  );
  const cancel = new AbortController();
  let saved = 0;
  store.onSave = () => {
    if ((saved += 1) === 3) cancel.abort();
  };
  const report = await sync({ signal: cancel.signal, concurrency: 1 });
  assert.deepEqual(
    report.problems.map(({ kind }) => kind),
    ['cancelled'],
  );
  assert.deepEqual(
    report.regions.map(({ status }) => status),
    ['failed', 'failed'],
  );
  for (const { error } of store.outcomes.values())
    assert.match(error ?? '', /No sync has read it to its end/);
  assert.equal(store.syncedAt, undefined);
  assert.equal(store.present().length, 6);
  store.onSave = () => {};
  gateway.log.length = 0;
  await sync();
  assert.equal(store.present().length, 12);
  assert.ok(gateway.log.some(({ options }) => options?.startToken !== undefined));
});

const TYPES = ['AWS::IAM::Role', 'AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::Other::Thing'];
const mixed = (count: number) =>
  some(count, 'm', external, (index) => ({ resourceType: TYPES[index % 4] ?? '' }));

test('A long list is read in several series side by side, and each finding counts once', async () => {
  const { gateway, store, sync } = start(new FakeGateway().add(external, mixed(60)));
  gateway.pageSize = 8;
  let running = 0;
  let most = 0;
  gateway.before = async ({ call }) => {
    if (call !== 'listFindings') return;
    most = Math.max(most, (running += 1));
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  };
  const report = await sync({ watchWaiting: () => () => true });
  assert.equal(report.findings, 60);
  assert.equal(store.present().length, 60);
  assert.ok(most >= 4, `${most} at once`);
  assert.ok(most <= 8, `${most} at once`);
});

test('A finding whose status changes between two series is not lost', async () => {
  const byStatus = some(40, 's', external, (index) => ({ status: index % 2 === 0 ? 'ACTIVE' : 'ARCHIVED' }));
  const { gateway, store, sync } = start(new FakeGateway().add(external, byStatus));
  gateway.pageSize = 8;
  const archivedRead = Promise.withResolvers<void>();
  gateway.before = async ({ options }) => {
    const status = options?.filter?.['status']?.eq?.[0];
    if (status === 'ARCHIVED' && pagesOf('ARCHIVED') === 3) setImmediate(archivedRead.resolve);
    if (status !== 'ACTIVE' || pagesOf('ACTIVE') !== 3) return;
    // The last of the ACTIVE ones is archived when the ARCHIVED ones have been read.
    await archivedRead.promise;
    const rows = gateway.findings.get(external.arn) ?? [];
    rows[38] = aFinding(external, 's38', { status: 'ARCHIVED', updatedAt: NOW });
  };
  const pagesOf = (status: string) =>
    gateway.log.filter(({ options }) => options?.filter?.['status']?.eq?.[0] === status).length;
  await sync({ watchWaiting: () => () => true });
  assert.equal(store.present().length, 40);
  assert.equal(store.rows.get('s38')?.finding.status, 'ARCHIVED');
});

test('A service that refuses the filters of the series is read in one', async () => {
  const { gateway, store, sync } = start(new FakeGateway().add(external, mixed(60)));
  gateway.pageSize = 8;
  gateway.before = ({ options }) => {
    if (options?.filter !== undefined) throw aProblem('invalid', 'No such key.');
  };
  const report = await sync({ watchWaiting: () => () => true });
  assert.equal(report.findings, 60);
  assert.equal(store.present().length, 60);
});

test('Several series that were interrupted all go on', async () => {
  const { gateway, store, sync, pass } = start(new FakeGateway().add(external, mixed(60)));
  gateway.pageSize = 4;
  let lists = 0;
  gateway.before = ({ call }) => {
    if (call === 'listFindings' && (lists += 1) === 10) throw aProblem('unreachable');
  };
  const first = await sync({ watchWaiting: () => () => true });
  assert.equal(first.regions[0]?.status, 'failed');
  const had = store.present().length;
  assert.ok(had > 0 && had < 60);
  gateway.before = () => {};
  pass(MINUTE);
  const second = await sync({ watchWaiting: () => () => true });
  assert.equal(store.present().length, 60);
  assert.ok(second.findings < 60, `${second.findings} read again`);
});

/** Pages that were asked for before the first one was written whole. */
async function askedAhead(hasWaited: boolean): Promise<number> {
  // Refused filters: the list stays one series.
  const { gateway, store, sync } = start(new FakeGateway().add(external, mixed(600)));
  gateway.pageSize = 300;
  let [asked, ahead] = [0, 0];
  gateway.before = ({ call, options }) => {
    if (options?.filter !== undefined) throw aProblem('invalid', 'No such key.');
    if (call === 'listFindings') asked += 1;
  };
  store.onSave = () => {
    if (store.saves.length === 0) ahead = asked;
  };
  await sync({ watchWaiting: () => () => hasWaited });
  assert.equal(store.present().length, 600);
  return ahead;
}

test('Where waiting takes the time the next page is asked for while one is written, and only there', async () => {
  assert.equal(await askedAhead(true), 2);
  assert.equal(await askedAhead(false), 1);
});

test('Progress never goes back, ends at one, and names each Region’s way', async () => {
  const { sync } = start(
    new FakeGateway()
      .add(external, some(9))
      .add(west, some(3, 'w', west))
      .region('sa-east-1'),
  );
  const seen: SyncProgress[] = [];
  await sync({ onProgress: (progress) => seen.push(progress) });
  const fractions = seen.map(({ fraction }) => fraction);
  assert.deepEqual(
    fractions,
    fractions.toSorted((a, b) => a - b),
  );
  assert.equal(fractions.at(-1), 1);
  assert.deepEqual(seen.at(-1)?.regions, [
    { profile: 'default', region: 'us-east-1', state: 'ok', findings: 9 },
    { profile: 'default', region: 'eu-west-1', state: 'ok', findings: 3 },
    { profile: 'default', region: 'sa-east-1', state: 'no-analyzer', findings: 0 },
  ]);
  assert.equal(seen.at(-1)?.findings, 12);
  assert.ok(seen.some(({ regions }) => regions.some(({ state }) => state === 'running')));
});

test('No more Regions at once than the bound', async () => {
  const gateway = new FakeGateway();
  for (let index = 0; index < 20; index += 1) gateway.region(`r-${index}`);
  let running = 0;
  let most = 0;
  gateway.before = async ({ call }) => {
    if (call !== 'listAnalyzers') return;
    most = Math.max(most, (running += 1));
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  };
  await start(gateway).sync({ concurrency: 3 });
  assert.equal(most, 3);
});

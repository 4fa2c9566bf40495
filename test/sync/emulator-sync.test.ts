/** The whole way: emulator → SDK → gateway → sync → the real store. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AwsGateway } from '../../src/aws/gateway.ts';
import { openStore } from '../../src/cache/open-store.ts';
import type { Store } from '../../src/cache/store.ts';
import type { Emulator } from '../../src/emulator/server.ts';
import { createDetailFetcher } from '../../src/sync/details.ts';
import { runSync, type SyncOptions } from '../../src/sync/run-sync.ts';
import { collect, withGateway } from '../aws/gateway-harness.ts';
import { EXTERNAL, START, UNUSED } from '../emulator/small-world.ts';

const MINUTE = 60_000;

interface Scene {
  readonly emulator: Emulator;
  readonly gateway: AwsGateway;
  readonly store: Store;
  readonly sync: (more?: Partial<SyncOptions>) => ReturnType<typeof runSync>;
  readonly pass: (milliseconds: number) => void;
}

async function play(
  use: (scene: Scene) => Promise<void>,
  options: Parameters<typeof withGateway>[1] = {},
): Promise<void> {
  await withGateway(async (gateway, emulator) => {
    const opened = openStore(':memory:');
    assert.ok(opened.ok);
    const store = opened.value;
    let now = START + MINUTE;
    const sync: Scene['sync'] = (more = {}) =>
      runSync({ gateway, store, clock: () => now, watchWaiting: () => () => false, ...more });
    try {
      await use({ emulator, gateway, store, sync, pass: (milliseconds) => (now += milliseconds) });
    } finally {
      store.close();
    }
  }, options);
}

const storedOf = (store: Store) =>
  store
    .summary()
    .analyzers.reduce((sum, { counts }) => sum + counts.active + counts.archived + counts.resolved, 0);

async function listedOf(gateway: AwsGateway, target: AwsGateway['targets'][number]): Promise<number> {
  let count = 0;
  for (const analyzer of await gateway.at(target).listAnalyzers()) {
    if (analyzer.status !== 'ACTIVE') continue;
    for (const page of await collect(gateway.at(target).listFindings(analyzer)))
      count += page.findings.length;
  }
  return count;
}

test('A first sync stores every finding of every Region, and each Region’s state', async () => {
  await play(async ({ gateway, store, sync }) => {
    const report = await sync();
    const regions = new Map(report.regions.map(({ region, status }) => [region, status]));
    assert.equal(report.regions.length, 34);
    assert.equal(regions.get('us-east-1'), 'ok');
    assert.equal(regions.get('eu-west-1'), 'ok');
    assert.equal(regions.get('eu-north-1'), 'denied');
    assert.equal(regions.get('me-south-1'), 'not-enabled');
    assert.equal(regions.get('sa-east-1'), 'no-analyzer');
    const there = await listedOf(gateway, { profile: 'default', region: 'us-east-1' });
    const west = await listedOf(gateway, { profile: 'default', region: 'eu-west-1' });
    assert.equal(report.findings, there + west);
    assert.equal(storedOf(store), there + west);
    assert.match(
      report.notes.join(),
      /organization in us-east-1 is DISABLED \(DELEGATED_ADMINISTRATOR_DEREGISTERED\)/,
    );
    const disabled = store.summary().analyzers.find(({ name }) => name === 'organization');
    assert.equal(disabled?.statusReason, 'DELEGATED_ADMINISTRATOR_DEREGISTERED');
    assert.equal(analyzerOf(store, UNUSED).unusedAccessAge, 90);
  });
});

test('A refresh with nothing new asks at most twice an analyzer; what changed comes with it', async () => {
  await play(
    async ({ emulator, gateway, store, sync, pass }) => {
      await sync();
      pass(MINUTE);
      const idle = await sync();
      assert.ok(idle.requests <= 1 + 2 * 3, `${idle.requests} requests`);
      const [page] = await collect(
        gateway.at({ profile: 'default', region: 'us-east-1' }).listFindings(analyzerOf(store, EXTERNAL)),
      );
      const finding = page?.findings[0];
      assert.ok(finding);
      pass(MINUTE);
      emulator.advance(MINUTE);
      const at = gateway.at({ profile: 'default', region: 'us-east-1' });
      await at.updateFindings(EXTERNAL, [finding.id], 'ARCHIVED', { clientToken: 'a' });
      await sync();
      assert.equal(store.finding(finding)?.status, 'ARCHIVED');
    },
    { gateway: { regions: ['us-east-1'] } },
  );
});

const analyzerOf = (store: Store, arn: string) => {
  const analyzer = store.summary().analyzers.find((each) => each.arn === arn);
  assert.ok(analyzer);
  return analyzer;
};

for (const kind of ['throttle', 'error500', 'drop', 'truncate', 'html', 'denied'] as const) {
  test(`${kind} while one analyzer is listed leaves the others, and the next sync makes it whole`, async () => {
    await play(
      async ({ emulator, gateway, store, sync, pass }) => {
        emulator.faults.add({ kind, operation: 'ListFindings', region: 'us-east-1' });
        const broken = await sync();
        assert.notEqual(broken.regions[0]?.status, 'ok');
        assert.match(broken.regions[0]?.error ?? '', /^external: /);
        assert.ok(storedOf(store) > 0);
        emulator.faults.clear();
        pass(MINUTE);
        const whole = await sync();
        assert.deepEqual(whole.regions, [{ profile: 'default', region: 'us-east-1', status: 'ok' }]);
        assert.equal(storedOf(store), await listedOf(gateway, { profile: 'default', region: 'us-east-1' }));
      },
      { gateway: { regions: ['us-east-1'] } },
    );
  });
}

test('An expired login is one problem, whatever the number of Regions', async () => {
  await play(async ({ emulator, store, sync }) => {
    emulator.faults.add({ kind: 'expired' });
    const report = await sync();
    assert.deepEqual(
      report.problems.map(({ kind }) => kind),
      ['expired-credentials'],
    );
    assert.equal(store.summary().lastSyncAt, undefined);
  });
});

test('A sync of many pages that is interrupted goes on at its page, and ends with everything', async () => {
  const findings = 30_000;
  await play(
    async ({ emulator, gateway, store, sync, pass }) => {
      emulator.faults.add({ kind: 'drop', operation: 'ListFindings', after: 2 });
      const broken = await sync();
      assert.equal(broken.regions[0]?.status, 'failed');
      assert.equal(broken.findings, 2_000);
      emulator.faults.clear();
      pass(MINUTE);
      const before = gateway.requests;
      const report = await sync();
      assert.equal(report.findings, 1_000);
      // Analyzers, the rest of the pages, the rules.
      assert.equal(gateway.requests - before, 3);
      assert.equal(storedOf(store), findings / 10);
    },
    { emulator: { world: { findings } }, gateway: { regions: ['us-west-2'] } },
  );
});

test('The same in several series: everything once, side by side', async () => {
  await play(
    async ({ store, sync }) => {
      const report = await sync({ watchWaiting: () => () => true });
      assert.deepEqual([report.findings, storedOf(store)], [4_000, 4_000]);
      assert.deepEqual(report.notes, []);
    },
    { emulator: { world: { findings: 40_000 } }, gateway: { regions: ['us-west-2'] } },
  );
});

test('Details come for what is wanted and stay with their finding', async () => {
  await play(
    async ({ gateway, store, sync }) => {
      await sync();
      const pages = await collect(
        gateway.at({ profile: 'default', region: 'us-east-1' }).listFindings(analyzerOf(store, UNUSED)),
      );
      const refs = pages.flatMap((page) => page.findings);
      const arrived: string[] = [];
      const fetcher = createDetailFetcher({
        gateway,
        store,
        clock: () => START,
        onArrived: ({ id }) => arrived.push(id),
      });
      fetcher.want(refs);
      await fetcher.idle();
      assert.equal(arrived.length, refs.length);
      for (const ref of refs) assert.ok(store.finding(ref)?.detail, ref.findingType);
      const before = gateway.requests;
      fetcher.want(refs);
      await fetcher.idle();
      assert.equal(gateway.requests, before);
    },
    { gateway: { regions: ['us-east-1'] } },
  );
});

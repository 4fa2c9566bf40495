/** The whole path below the console: the emulator, the real gateway over the SDK, a real store, one sync behind it. */
import assert from 'node:assert/strict';
import type { AwsGateway } from '../../src/aws/gateway.ts';
import { openStore, type Store } from '../../src/cache/open-store.ts';
import { parseFilter } from '../../src/domain/filter/parse.ts';
import type { JournalEntry, Plan } from '../../src/domain/journal.ts';
import { DEFAULT_SORT, type StoredFinding } from '../../src/domain/listing.ts';
import type { Emulator, EmulatorOptions } from '../../src/emulator/server.ts';
import { runSync } from '../../src/sync/run-sync.ts';
import { createExecutors } from '../../src/triage/create-executors.ts';
import type { RuleTarget } from '../../src/triage/rules/rule-target.ts';
import { runPlan, type TriageDeps } from '../../src/triage/run-plan.ts';
import { withGateway } from '../aws/gateway-harness.ts';
import { START } from '../emulator/small-world.ts';
import { fakeClock } from './fakes.ts';
import { need } from './setup.ts';

export interface Emulated {
  readonly emulator: Emulator;
  readonly gateway: AwsGateway;
  readonly store: Store;
  readonly deps: TriageDeps;
  readonly run: (plan: Plan) => Promise<JournalEntry>;
  readonly sync: () => Promise<void>;
  readonly find: (filter: string) => StoredFinding[];
  readonly ruleTargets: () => RuleTarget[];
}

interface Options {
  readonly regions?: readonly string[];
  readonly emulator?: Partial<EmulatorOptions>;
  /** A file, where a test opens the store again. */
  readonly path?: string;
}

export async function withEmulated(options: Options, use: (house: Emulated) => Promise<void>): Promise<void> {
  const regions = options.regions ?? ['us-east-1', 'eu-west-1'];
  await withGateway(
    async (gateway, emulator) => {
      const store = need(openStore(options.path ?? ':memory:'));
      try {
        await use(await moveIn(emulator, gateway, store));
      } finally {
        store.close();
      }
    },
    { gateway: { regions }, ...(options.emulator === undefined ? {} : { emulator: options.emulator }) },
  );
}

async function moveIn(emulator: Emulator, gateway: AwsGateway, store: Store): Promise<Emulated> {
  const clock = fakeClock(START);
  const deps = {
    gateway,
    store,
    journal: store,
    clock,
    executors: createExecutors(),
    by: '1@test',
    readOnly: false,
  };
  const sync = async (): Promise<void> => {
    const report = await runSync({ gateway, store, clock: () => clock.now(), full: true });
    assert.deepEqual(report.problems, []);
  };
  const find = (text: string): StoredFinding[] => {
    const parsed = parseFilter(text);
    assert.ok(parsed.ok, text);
    const context = { now: START, lastVisitAt: 0, marked: new Set<string>() };
    return [...store.findingsOf({ filter: parsed.expr, sort: DEFAULT_SORT, context })];
  };
  await sync();
  return {
    emulator,
    gateway,
    store,
    deps,
    sync,
    find,
    run: async (plan) => need(await runPlan({ ...deps, plan })),
    ruleTargets: () =>
      store.summary().analyzers.map((analyzer) => ({
        analyzer,
        rules: store.archiveRules().filter(({ analyzerArn }) => analyzerArn === analyzer.arn),
        findings: () => find('').filter(({ analyzerArn }) => analyzerArn === analyzer.arn),
      })),
  };
}

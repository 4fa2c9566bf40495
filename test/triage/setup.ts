import assert from 'node:assert/strict';
import type { Finding } from '../../src/domain/finding.ts';
import type { JournalEntry, Plan } from '../../src/domain/journal.ts';
import type { Result } from '../../src/domain/problem.ts';
import { createExecutors } from '../../src/triage/create-executors.ts';
import { planArchive } from '../../src/triage/plan-archive.ts';
import { runPlan, type RunPlanOptions } from '../../src/triage/run-plan.ts';
import { FakeService, fakeClock, MemoryJournal, MemoryStore } from './fakes.ts';

/** A service, a store that has seen it, an empty journal, and the engine's dependencies over them. */
export function setUp(findings: readonly Finding[]) {
  const gateway = new FakeService(findings);
  const store = new MemoryStore();
  for (const one of findings) store.saveFinding(one);
  const journal = new MemoryJournal();
  const deps = {
    gateway,
    store,
    journal,
    clock: fakeClock(),
    executors: createExecutors(),
    by: '1@test',
    readOnly: false,
  };
  const run = async (plan: Plan, options: Partial<RunPlanOptions> = {}): Promise<JournalEntry> =>
    need(await runPlan({ ...deps, plan, ...options }));
  const archive = async (ids: readonly string[], reason?: string): Promise<JournalEntry> =>
    run(
      planArchive({
        findings: [...store.findings.values()].filter(({ id }) => ids.includes(id)),
        to: 'ARCHIVED',
        ...(reason === undefined ? {} : { reason }),
      }),
    );
  return { ...deps, deps, run, archive };
}

export function need<T>(result: Result<T>): T {
  assert.ok(result.ok, result.ok ? '' : result.problem.message);
  return result.value;
}

export const outcomesOf = (entry: JournalEntry): Record<string, string> =>
  Object.fromEntries(
    entry.operations.flatMap(({ outcomes = [] }) => outcomes).map(({ ref, outcome }) => [ref.id, outcome]),
  );

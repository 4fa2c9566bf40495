import { parentPort, workerData } from 'node:worker_threads';
import type { RuleDraft } from '../app/rules/rule-editor.ts';
import type { Plan } from '../domain/journal.ts';
import { fail, type Result, succeed, toProblem } from '../domain/problem.ts';
import { planScan } from '../triage/plan-scan.ts';
import { draftRule } from './console-rule-editor.ts';
import { planRuleChange } from './plan-rule-change.ts';
import type { Planned, PlanOrder, PlanReply } from './plan-thread.ts';
import { createRulesService } from './rules-service.ts';
import { createRuntime, type Runtime, type Store } from './runtime.ts';

/** The thread on which the console plans what takes much reading. An entry of its own for the bundler. */
const port = parentPort;
if (port === null) throw new Error('plan-worker.ts runs as a worker thread.');

const { ground, planned } = workerData as PlanOrder;
const runtime = createRuntime(ground);

async function answer(asked: Planned, store: Store, within: Runtime): Promise<Result<Plan | RuleDraft>> {
  switch (asked.kind) {
    case 'rule':
      return planRuleChange(asked.request, createRulesService(within, store), within);
    case 'scan': {
      const { query, exposureIds } = asked.target;
      return succeed(planScan(store.findingsOf(query, { exposureIds })));
    }
    case 'draft':
      return draftRule(asked.request, store, createRulesService(within, store));
  }
}

async function run(): Promise<Result<Plan | RuleDraft>> {
  const store = runtime.store();
  return store.ok ? answer(planned, store.value, runtime) : store;
}

const result = await run().catch((thrown: unknown) => fail<never>(toProblem(thrown)));
runtime.close();
port.postMessage({ kind: 'ended', result } satisfies PlanReply);

import { setImmediate as turn } from 'node:timers/promises';
import type { Changes, ChangeTarget } from '../app/services.ts';
import type { Plan } from '../domain/journal.ts';
import type { StoredFinding } from '../domain/listing.ts';
import type { Result } from '../domain/problem.ts';
import { ProblemError, succeed } from '../domain/problem.ts';
import { plannedFindingAt } from '../domain/planned-findings.ts';
import { type ArchiveAim, createArchivePlanner } from '../triage/plan-archive.ts';
import type { ChangeService } from './change-service.ts';
import type { PlanReads } from './console-queries.ts';
import type { Runtime } from './runtime.ts';

/** Findings that are planned for before the keys have their turn: a few milliseconds. */
const SLICE = 2_000;

/** Changes as the console asks for them: of rows, whose findings are those that match the filter. */
export function createConsoleChanges(runtime: Runtime, queries: PlanReads, service: ChangeService): Changes {
  return {
    planArchive: async (target, to, reason) =>
      succeed(await planArchive(queries, target, { to, ...(reason === undefined ? {} : { reason }) })),
    planScan: async (target) => {
      const findings = findingsOf(runtime, target);
      return findings.ok ? succeed(service.planScan(findings.value)) : findings;
    },
    planUndo: (entryId) => service.planUndo(entryId),
    planRedo: () => service.planRedo(),
    planFinish: (entryId) => service.planFinish(entryId),
    run: (plan, onProgress) =>
      service.run(plan, ({ finished, operations }) => onProgress(finished, operations)),
    recover: async () => {
      if (runtime.offline) return [];
      const recovered = await service.recover();
      if (!recovered.ok) throw new ProblemError(recovered.problem);
      return recovered.value.map(({ entry }) => entry);
    },
  };
}

/** Read on the store's own thread. */
async function planArchive(
  queries: PlanReads,
  { query, exposureIds }: ChangeTarget,
  aim: ArchiveAim,
): Promise<Plan> {
  const findings = await queries.plannedFindings(query, exposureIds);
  const planner = createArchivePlanner(aim);
  for (let place = 0; place < findings.ids.length; place++) {
    if (place % SLICE === SLICE - 1) await turn();
    const finding = plannedFindingAt(findings, place);
    if (finding !== undefined) planner.add(finding);
  }
  return planner.build();
}

function findingsOf(runtime: Runtime, { query, exposureIds }: ChangeTarget): Result<Iterable<StoredFinding>> {
  const store = runtime.store();
  return store.ok ? succeed(store.value.findingsOf(query, { exposureIds })) : store;
}

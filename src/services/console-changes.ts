import type { Changes, ChangeTarget } from '../app/services.ts';
import type { StoredFinding } from '../domain/listing.ts';
import type { Result } from '../domain/problem.ts';
import { ProblemError, succeed } from '../domain/problem.ts';
import type { ChangeService } from './change-service.ts';
import type { Runtime } from './runtime.ts';

/** Changes as the console asks for them: of rows, whose findings are those that match the filter. */
export function createConsoleChanges(runtime: Runtime, service: ChangeService): Changes {
  return {
    planArchive: async (target, to, reason) => {
      const findings = findingsOf(runtime, target);
      return findings.ok ? succeed(service.planArchive(findings.value, to, reason)) : findings;
    },
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

function findingsOf(runtime: Runtime, { query, exposureIds }: ChangeTarget): Result<Iterable<StoredFinding>> {
  const store = runtime.store();
  return store.ok ? succeed(store.value.findingsOf(query, { exposureIds })) : store;
}

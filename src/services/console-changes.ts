import type { Changes, ChangeTarget } from '../app/services.ts';
import { packExposureIds } from '../domain/exposure.ts';
import type { Plan } from '../domain/journal.ts';
import { ProblemError, succeed } from '../domain/problem.ts';
import { unpackPlannedFindings } from '../domain/planned-findings.ts';
import { type ArchiveAim, createArchivePlanner } from '../triage/plan-archive.ts';
import { sideBySide } from '../triage/side-by-side.ts';
import type { ChangeService } from './change-service.ts';
import type { PlanReads } from './console-queries.ts';
import type { ReadingThread } from './reading-thread.ts';
import type { Runtime } from './runtime.ts';

/** Exposures that are planned for before the keys have their turn: a few milliseconds. */
const SLICE = 5_000;
/** While one slice is planned for, one more is being read and one waits to be: neither thread waits for the other. */
const ASKED_AT_ONCE = 3;

interface Reads {
  readonly queries: PlanReads;
  readonly thread: ReadingThread;
}

/** Changes as the console asks for them: of rows, whose findings are those that match the filter. */
export function createConsoleChanges(runtime: Runtime, reads: Reads, service: ChangeService): Changes {
  return {
    planArchive: async (target, to, reason) =>
      succeed(await planArchive(reads.queries, target, { to, ...(reason === undefined ? {} : { reason }) })),
    planScan: (target) => reads.thread.planScan(target),
    planUndo: (entryId) => reads.thread.planUndo(entryId),
    planRedo: () => reads.thread.planRedo(),
    planFinish: (entryId) => reads.thread.planFinish(entryId),
    run: (plan, onProgress) =>
      service.run(plan, ({ finished, operations }) => onProgress(finished, operations)),
    recover: async () => {
      if (runtime.offline) return [];
      const recovered = await service.recover();
      if (!recovered.ok) throw new ProblemError(recovered.problem);
      return recovered.value;
    },
  };
}

/** Read on the store's own thread, some slices ahead of the one that is planned for. */
async function planArchive(
  queries: PlanReads,
  { query, exposureIds }: ChangeTarget,
  aim: ArchiveAim,
): Promise<Plan> {
  const planner = createArchivePlanner({ ...aim, grouped: true });
  const slices = Array.from({ length: Math.ceil(exposureIds.length / SLICE) }, (_, index) => index * SLICE);
  // The thread answers in the order of asking, so findings are added in the order of the exposures.
  await sideBySide(slices, ASKED_AT_ONCE, async (from) => {
    const asked = exposureIds.slice(from, from + SLICE);
    const packed = await queries.plannedFindings(query, packExposureIds(asked));
    const findings = unpackPlannedFindings(packed, asked);
    for (let place = 0; place < findings.length; place++) planner.add(findings.at(place));
  });
  return planner.build();
}

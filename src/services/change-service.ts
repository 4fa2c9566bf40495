import type { JournalEntry, Plan } from '../domain/journal.ts';
import type { StoredFinding } from '../domain/listing.ts';
import type { Problem, Result } from '../domain/problem.ts';
import { fail, succeed } from '../domain/problem.ts';
import type { Store } from '../cache/open-store.ts';
import { createExecutors } from '../triage/create-executors.ts';
import { formatOwner } from '../triage/owner.ts';
import { planArchive } from '../triage/plan-archive.ts';
import { planRedo, planUndo, refsToUndo } from '../triage/plan-undo.ts';
import { loadPresent } from '../triage/present.ts';
import { loadInterrupted, recoverEntry, type Recovery } from '../triage/recover.ts';
import { runPlan, type PlanProgress, type TriageDeps } from '../triage/run-plan.ts';
import { isUndoable, selectRedo, selectUndo } from '../triage/undo-stack.ts';
import { createClock } from './clock.ts';
import { openBoth, type Runtime } from './runtime.ts';

/** Every change of the program, planned and run: the console and the commands share this. */
export interface ChangeService {
  /** Plans only; nothing is sent. */
  planArchive(findings: Iterable<StoredFinding>, to: 'ARCHIVED' | 'ACTIVE', reason?: string): Plan;
  /** Reads the truth first: what has moved since is left out and named. Without a number: the last entry. */
  planUndo(entryId?: number): Promise<Result<Plan>>;
  planRedo(): Promise<Result<Plan>>;
  run(plan: Plan, onProgress?: (progress: PlanProgress) => void, signal?: AbortSignal): Promise<Result<JournalEntry>>;
  /** What a crash or a dropped line left in flight, with the truth read back. */
  recover(): Promise<Result<readonly Recovery[]>>;
}

export function createChangeService(runtime: Runtime): ChangeService {
  return {
    planArchive: (findings, to, reason) => planArchive({ findings, to, ...(reason === undefined ? {} : { reason }) }),
    planUndo: (entryId) => planUndoOf(runtime, entryId),
    planRedo: () => planRedoOf(runtime),
    run: async (plan, onProgress, signal) => {
      const deps = await openDeps(runtime, signal);
      if (!deps.ok) return deps;
      return runPlan({ ...deps.value, plan, ...(onProgress === undefined ? {} : { onProgress }) });
    },
    recover: () => recoverAll(runtime),
  };
}

async function openDeps(runtime: Runtime, signal?: AbortSignal): Promise<Result<TriageDeps & { store: Store }>> {
  const opened = await openBoth(runtime);
  if (!opened.ok) return opened;
  const { store, gateway } = opened.value;
  return succeed({
    gateway,
    store,
    journal: store,
    executors: createExecutors(),
    clock: createClock(runtime.now),
    by: formatOwner(),
    readOnly: runtime.readOnly,
    ...(signal === undefined ? {} : { signal }),
  });
}

async function planUndoOf(runtime: Runtime, entryId: number | undefined): Promise<Result<Plan>> {
  const store = runtime.store();
  if (!store.ok) return store;
  const entry = entryId === undefined ? selectUndo(store.value) : store.value.entry(entryId);
  if (entry === undefined) return fail(entryId === undefined ? nothingTo('undo') : noEntry(entryId));
  if (!isUndoable(entry)) return fail(notUndoable(entry));
  const deps = await openDeps(runtime);
  if (!deps.ok) return deps;
  return succeed(planUndo(entry, await loadPresent(refsToUndo(entry), deps.value), store.value));
}

async function planRedoOf(runtime: Runtime): Promise<Result<Plan>> {
  const store = runtime.store();
  if (!store.ok) return store;
  const undo = selectRedo(store.value);
  const original = undo?.of === undefined ? undefined : store.value.entry(undo.of);
  if (undo === undefined || original === undefined) return fail(nothingTo('redo'));
  const deps = await openDeps(runtime);
  if (!deps.ok) return deps;
  const present = await loadPresent(refsToUndo(undo), deps.value);
  return succeed(planRedo(undo, original, { present, store: store.value }));
}

async function recoverAll(runtime: Runtime): Promise<Result<readonly Recovery[]>> {
  const store = runtime.store();
  if (!store.ok) return store;
  const interrupted = loadInterrupted(store.value, runtime.now());
  if (interrupted.length === 0) return succeed([]);
  const deps = await openDeps(runtime);
  if (!deps.ok) return deps;
  const recoveries: Recovery[] = [];
  for (const entry of interrupted) recoveries.push(await recoverEntry(entry, deps.value));
  return succeed(recoveries);
}

const nothingTo = (verb: 'undo' | 'redo'): Problem => ({
  kind: 'usage',
  message: `There is nothing to ${verb}.`,
  hint: 'See `iam-triage journal`.',
});

const noEntry = (id: number): Problem => ({
  kind: 'usage',
  message: `The journal has no entry ${id}.`,
  hint: 'See `iam-triage journal`.',
});

function notUndoable({ id, undoneBy, state }: JournalEntry): Problem {
  const why =
    undoneBy !== undefined
      ? `was taken back already, by entry ${undoneBy}`
      : state === 'running' || state === 'planned'
        ? 'is still being carried out'
        : 'changed nothing that could be taken back';
  return { kind: 'usage', message: `Entry ${id} ${why}.`, hint: 'See `iam-triage journal`.' };
}

import type { JournalEntry, Plan } from '../domain/journal.ts';
import type { StoredFinding } from '../domain/listing.ts';
import type { Result } from '../domain/problem.ts';
import { fail, succeed } from '../domain/problem.ts';
import type { Store } from '../cache/store.ts';
import { createExecutors } from '../triage/create-executors.ts';
import { formatOwner } from '../triage/owner.ts';
import { planArchive } from '../triage/plan-archive.ts';
import { planScan } from '../triage/plan-scan.ts';
import { loadInterrupted, recoverEntry, type Recovery } from '../triage/recover.ts';
import { runPlan, type PlanProgress, type TriageDeps } from '../triage/run-plan.ts';
import { prepareFinish, prepareRedo, prepareUndo } from '../triage/undo.ts';
import { createClock } from './clock.ts';
import { openBoth, type Runtime } from './runtime.ts';

/** Every change of the program, planned and run: the console and the commands share this. */
export interface ChangeService {
  /** Plans only; nothing is sent. */
  planArchive(findings: Iterable<StoredFinding>, to: 'ARCHIVED' | 'ACTIVE', reason?: string): Plan;
  planScan(findings: Iterable<StoredFinding>): Plan;
  /** Reads the truth first: what has moved since is left out and named. Without a number: the last entry. */
  planUndo(entryId?: number): Promise<Result<Plan>>;
  planRedo(): Promise<Result<Plan>>;
  /** What an interrupted entry still lacks. */
  planFinish(entryId: number): Promise<Result<Plan>>;
  run(
    plan: Plan,
    onProgress?: (progress: PlanProgress) => void,
    signal?: AbortSignal,
  ): Promise<Result<JournalEntry>>;
  /** What a crash or a dropped line left in flight, with the truth read back. */
  recover(): Promise<Result<readonly Recovery[]>>;
}

type Deps = TriageDeps & { readonly store: Store };

export function createChangeService(runtime: Runtime): ChangeService {
  const withDeps = async <T>(
    use: (deps: Deps) => Promise<Result<T>>,
    signal?: AbortSignal,
  ): Promise<Result<T>> => {
    const deps = await openDeps(runtime, signal);
    return deps.ok ? use(deps.value) : deps;
  };
  return {
    planArchive: (findings, to, reason) =>
      planArchive({ findings, to, ...(reason === undefined ? {} : { reason }) }),
    planScan,
    planUndo: (entryId) => withDeps((deps) => prepareUndo(deps, entryId)),
    planRedo: () => withDeps(prepareRedo),
    planFinish: (entryId) =>
      withDeps(async (deps) => {
        const entry = deps.journal.entry(entryId);
        if (entry === undefined)
          return fail({ kind: 'not-found', message: `The journal has no entry ${entryId}.` });
        return succeed(await prepareFinish(entry, deps));
      }),
    run: (plan, onProgress, signal) =>
      withDeps(
        (deps) => runPlan({ ...deps, plan, ...(onProgress === undefined ? {} : { onProgress }) }),
        signal,
      ),
    recover: () => recoverAll(runtime, withDeps),
  };
}

async function openDeps(runtime: Runtime, signal?: AbortSignal): Promise<Result<Deps>> {
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

/** Without anything in flight the gateway is not even opened: a start must not wait for credentials. */
async function recoverAll(
  runtime: Runtime,
  withDeps: <T>(use: (deps: Deps) => Promise<Result<T>>) => Promise<Result<T>>,
): Promise<Result<readonly Recovery[]>> {
  const store = runtime.store();
  if (!store.ok) return store;
  const interrupted = loadInterrupted(store.value, runtime.now());
  if (interrupted.length === 0) return succeed([]);
  return withDeps(async (deps) => {
    const recoveries: Recovery[] = [];
    for (const entry of interrupted) recoveries.push(await recoverEntry(entry, deps));
    return succeed(recoveries);
  });
}

import type { Problem, Result } from '../domain/problem.ts';
import { fail, succeed } from '../domain/problem.ts';
import type { RefreshReport } from '../app/services.ts';
import type { SyncProgress } from '../sync/progress.ts';
import { runSync } from '../sync/run-sync.ts';
import { settleFixedMarks } from '../triage/resolve/settle-fixed.ts';
import { openBoth, type Runtime } from './runtime.ts';

export interface SyncServiceOptions {
  readonly full: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SyncProgress) => void;
}

/** Refreshes the store of a runtime: the one way in which console and commands sync. */
export async function syncRuntime(
  runtime: Runtime,
  options: SyncServiceOptions,
): Promise<Result<RefreshReport>> {
  const opened = await openBoth(runtime);
  if (!opened.ok) return opened;
  const report = await runSync({
    ...opened.value,
    clock: runtime.now,
    full: options.full,
    concurrency: runtime.settings.values.concurrency,
    onProgress: options.onProgress,
    signal: options.signal,
  });
  const fixes = settleFixedMarks(opened.value.store);
  const [first] = report.problems;
  // No profile could sign in: there is nothing to report but that.
  if (first !== undefined && report.analyzers === 0 && report.problems.every(isLogin)) return fail(first);
  return succeed({ ...report, fixes });
}

const isLogin = ({ kind }: Problem): boolean =>
  kind === 'no-credentials' || kind === 'expired-credentials' || kind === 'mfa-required';

import type { FindingRef } from '../domain/finding.ts';
import type { Result } from '../domain/problem.ts';
import { fail, succeed, toProblem } from '../domain/problem.ts';
import { openBoth, type Runtime } from './runtime.ts';

/** Reads one finding with its detail from AWS into the store. A finding that is gone is marked so. */
export async function fetchDetail(
  runtime: Runtime,
  ref: FindingRef,
  signal?: AbortSignal,
): Promise<Result<void>> {
  const opened = await openBoth(runtime);
  if (!opened.ok) return opened;
  const { store, gateway } = opened.value;
  try {
    const answer = await gateway.at(ref).getFinding(ref, signal);
    if (answer === undefined) {
      store.markGone(ref, runtime.now());
      return succeed(undefined);
    }
    store.saveFinding(answer.finding, runtime.now());
    if (answer.detail !== undefined) store.saveDetail(ref, answer.finding.updatedAt, answer.detail);
    return succeed(undefined);
  } catch (thrown) {
    return fail(toProblem(thrown));
  }
}

import { fail, type Result, succeed } from '../domain/problem.ts';

/** The one place that refuses changes in read-only mode; every change passes through runPlan, which asks here. */
export function guardReadOnly(readOnly: boolean, what: string): Result<undefined> {
  if (!readOnly) return succeed(undefined);
  return fail({
    kind: 'read-only',
    message: `Read-only mode: nothing was sent for “${what}”.`,
    hint: 'Start without --read-only and with IAM_TRIAGE_READ_ONLY unset to make changes.',
  });
}

/**
 * What can go wrong, as a value: a kind to decide on, a plain sentence to read, and the command that fixes it.
 */
export type ProblemKind =
  // the person's side: exit code 2
  | 'usage'
  | 'settings'
  | 'filter'
  | 'no-credentials'
  | 'expired-credentials'
  | 'mfa-required'
  | 'unknown-region'
  | 'read-only'
  // the service's side: exit code 1 (or 3 where the rest was done)
  | 'region-not-enabled'
  | 'denied'
  | 'throttled'
  | 'unreachable'
  | 'timeout'
  | 'bad-answer'
  | 'not-found'
  | 'conflict'
  | 'quota'
  | 'invalid'
  | 'service'
  // the machine's side: exit code 1
  | 'store-unusable'
  | 'store-locked'
  | 'store-newer'
  | 'file'
  | 'cancelled'
  | 'bug';

export interface Problem {
  readonly kind: ProblemKind;
  /** One plain sentence with its full stop; already clean of control characters. */
  readonly message: string;
  /** What to do about it, usually a command to run. */
  readonly hint?: string;
  /** Whether the same request may succeed if sent again later. */
  readonly retryable?: boolean;
  /** The service's own words or a stack, for IAM_TRIAGE_DEBUG and the journal. */
  readonly detail?: string;
}

/** Carries a Problem through code that must throw (async iterables, callbacks). Everything else returns Result. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export const succeed = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = <T = never>(problem: Problem): Result<T> => ({ ok: false, problem });

/** Whatever was thrown, as a Problem. What is not ours is a bug, and says so. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return { kind: 'cancelled', message: 'Cancelled.' };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const detail = thrown instanceof Error ? thrown.stack : undefined;
  return {
    kind: 'bug',
    message: `Something unexpected went wrong: ${message}`,
    hint: 'Run again with IAM_TRIAGE_DEBUG=1 and report what it prints.',
    ...(detail === undefined ? {} : { detail }),
  };
}

const WRONG_USAGE: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'usage',
  'settings',
  'filter',
  'no-credentials',
  'expired-credentials',
  'mfa-required',
  'unknown-region',
  'read-only',
]);

/** 2 for wrong usage or configuration, 1 for everything else that failed. */
export const exitCodeOf = (problem: Problem): 1 | 2 => (WRONG_USAGE.has(problem.kind) ? 2 : 1);

import { ProblemError } from '../domain/problem.ts';
import { isUnknownKey } from './credential-problems.ts';
import type { Profile } from './profile.ts';
import { toAwsProblem } from './problems.ts';
import type { RequestContext } from './sdk-error.ts';
import type { ServiceName } from './endpoint.ts';

/** The SDK's options of one call. */
export interface SendOptions {
  readonly abortSignal?: AbortSignal;
}

export const sendOptions = (signal: AbortSignal | undefined): SendOptions =>
  signal === undefined ? {} : { abortSignal: signal };

const IAM_PREFIX: Readonly<Record<ServiceName, string>> = {
  accessanalyzer: 'access-analyzer',
  iam: 'iam',
  sts: 'sts',
};

export interface Place {
  readonly service: ServiceName;
  readonly profile: Profile;
  readonly region: string;
}

/** Runs an SDK call; what it throws leaves as a ProblemError. */
export async function call<T>(place: Place, operation: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (thrown) {
    const problem = toAwsProblem(thrown, contextOf(place, operation));
    throw new ProblemError(problem, { cause: thrown });
  }
}

function contextOf({ service, profile, region }: Place, operation: string): RequestContext {
  return {
    iamAction: `${IAM_PREFIX[service]}:${operation}`,
    profile: profile.name,
    region,
    endpoint: profile.endpoints[service],
    usesSso: profile.usesSso,
  };
}

/** The service said it does not know the key: the key is wrong, or the Region is off. */
export function saysUnknownKey(problem: unknown): boolean {
  const cause =
    problem instanceof ProblemError ? (problem.cause as { name?: string } | undefined) : undefined;
  return isUnknownKey(cause?.name ?? '');
}

/** Waits for shared work without being able to cancel it: others may wait for it too. */
export function unlessAborted<T>(shared: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return shared;
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(new ProblemError({ kind: 'cancelled', message: 'Cancelled.' }));
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

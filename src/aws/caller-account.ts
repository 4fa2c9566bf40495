import { ProblemError } from '../domain/problem.ts';
import { call, unlessAborted } from './calls.ts';
import type { Clients } from './clients.ts';
import type { Profile } from './profile.ts';

export type CallerAccount = (profile: Profile, signal?: AbortSignal) => Promise<string>;

/** STS GetCallerIdentity, asked once a profile; needs no permission, so it proves whether the keys are good. */
export function createCallerAccount(clients: Clients): CallerAccount {
  const asked = new Map<string, Promise<string>>();
  const ask = async (profile: Profile): Promise<string> => {
    const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    const client = await clients.sts(profile);
    const place = { service: 'sts', profile, region: profile.homeRegion } as const;
    const { Account } = await call(place, 'GetCallerIdentity', () =>
      client.send(new GetCallerIdentityCommand({})),
    );
    if (Account !== undefined) return Account;
    throw new ProblemError({
      kind: 'bad-answer',
      message: 'STS answered without an account.',
      retryable: true,
    });
  };
  return (profile, signal) => {
    let answer = asked.get(profile.name);
    if (answer === undefined) {
      answer = ask(profile);
      asked.set(profile.name, answer);
      // What failed may be asked again, once the person has signed in.
      answer.catch(() => asked.delete(profile.name));
    }
    return unlessAborted(answer, signal);
  };
}

import { ProblemError } from '../domain/problem.ts';
import { call } from './calls.ts';
import type { Clients } from './clients.ts';
import type { AccessKeys, CredentialProvider } from './credentials.ts';
import type { Profile } from './profile.ts';

/** STS's default; every role allows an hour. */
const SESSION_SECONDS = 3600;

/** Keys of a role of another account, for as long as its session lasts; then they are asked for again. */
export function assumedKeys(profile: Profile, roleArn: string, clients: Clients): CredentialProvider {
  return async (): Promise<AccessKeys> => {
    const { AssumeRoleCommand } = await import('@aws-sdk/client-sts');
    const client = await clients.sts(profile);
    const input = { RoleArn: roleArn, RoleSessionName: 'iam-triage', DurationSeconds: SESSION_SECONDS };
    const place = { service: 'sts', profile, region: profile.homeRegion } as const;
    const { Credentials } = await call(place, 'AssumeRole', () => client.send(new AssumeRoleCommand(input)));
    if (Credentials?.AccessKeyId === undefined || Credentials.SecretAccessKey === undefined) {
      throw new ProblemError({ kind: 'bad-answer', message: 'STS answered without keys.', retryable: true });
    }
    return {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      ...(Credentials.SessionToken === undefined ? {} : { sessionToken: Credentials.SessionToken }),
      // By this machine's clock: the SDK compares with it, and the service's may differ.
      expiration: new Date(Date.now() + SESSION_SECONDS * 1000),
    };
  };
}

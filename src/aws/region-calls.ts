import type * as Sdk from '@aws-sdk/client-accessanalyzer';
import { ProblemError, toProblem } from '../domain/problem.ts';
import { call, saysUnknownKey, type Place } from './calls.ts';
import type { CallerAccount } from './caller-account.ts';
import type { Clients } from './clients.ts';
import type { Profile } from './profile.ts';
import type { ReportOddity } from './translate.ts';
import type { Pacer } from './pacing.ts';

/** What every call in one Region, as one profile, needs. */
export interface RegionCalls {
  readonly profile: string;
  readonly region: string;
  readonly report: ReportOddity;
  /** The pace of GetFindingV2 here. */
  readonly pacer: Pacer;
  run<T>(
    operation: string,
    send: (client: Sdk.AccessAnalyzerClient, sdk: typeof Sdk) => Promise<T>,
  ): Promise<T>;
}

export interface RegionCallOptions {
  readonly profile: Profile;
  readonly region: string;
  readonly clients: Clients;
  readonly callerAccount: CallerAccount;
  readonly report: ReportOddity;
  readonly pacer: Pacer;
}

export function createRegionCalls(options: RegionCallOptions): RegionCalls {
  const { profile, region, clients, report, pacer } = options;
  const place: Place = { service: 'accessanalyzer', profile, region };
  return {
    profile: profile.name,
    region,
    report,
    pacer,
    run: async (operation, send) => {
      const sdk = await import('@aws-sdk/client-accessanalyzer');
      const client = await clients.accessAnalyzer(profile, region);
      try {
        return await call(place, operation, () => send(client, sdk));
      } catch (thrown) {
        throw saysUnknownKey(thrown) ? await explainUnknownKey(options, thrown) : thrown;
      }
    },
  };
}

/** Keys that STS takes but a Region does not: the Region is off (IAM User Guide, "Managing AWS Regions"). */
async function explainUnknownKey(
  { profile, region, callerAccount }: RegionCallOptions,
  thrown: unknown,
): Promise<unknown> {
  try {
    await callerAccount(profile);
  } catch (answer) {
    const { kind } = toProblem(answer);
    return kind === 'no-credentials' || kind === 'expired-credentials' || kind === 'mfa-required'
      ? answer
      : thrown;
  }
  return new ProblemError(
    {
      kind: 'region-not-enabled',
      message: `The Region ${region} is not enabled for this account.`,
      hint: 'Enable it in the account settings, or leave it out with --region.',
    },
    { cause: thrown },
  );
}

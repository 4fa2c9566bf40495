import { shellQuote } from '../domain/command-line.ts';
import { fail, ProblemError, succeed, type Result } from '../domain/problem.ts';
import { createCallerAccount } from './caller-account.ts';
import { createRegionChanger, type RegionChanger } from './change-region.ts';
import { createPolicyAdvice, type PolicyAdvice } from './policy-advice.ts';
import { createIamAccounts, type IamAccount, type IamPlace } from './iam-account.ts';
import { createClients, type Meter } from './clients.ts';
import { createPacer, paceOf, type Pace, type Pacer } from './pacing.ts';
import { resolveProfiles, type Profile } from './profile.ts';
import { createRegionReader, type RegionReader } from './read-region.ts';
import { createRegionCalls } from './region-calls.ts';
import { loadSharedConfig, type Environment } from './shared-config.ts';
import { createTransport, TIMEOUTS, type Timeouts, type Transport } from './transport.ts';

export interface GatewayOptions {
  /** None: AWS_PROFILE, else the default one. */
  readonly profiles: readonly string[];
  /** undefined: every Region of the partition. */
  readonly regions: readonly string[] | undefined;
  /** Asks the person for an MFA code; without it a profile that wants one ends in `mfa-required`. */
  readonly mfaPrompt?: (serial: string) => Promise<string>;
  /** Default: this process's. The SDK's own credential providers always read this process's. */
  readonly env?: Environment;
  readonly timeouts?: Timeouts;
  /** Pace of GetFindingV2 in each profile and Region; it falls when the service throttles. */
  readonly detailsPerSecond?: number;
}

export interface Target {
  readonly profile: string;
  readonly region: string;
}

/** AWS as this program sees it. Fills the ports of src/sync and src/triage; errors are thrown as ProblemError. */
export interface AwsGateway {
  readonly targets: readonly Target[];
  callerAccount(profile: string, signal?: AbortSignal): Promise<string>;
  at(target: Target): RegionReader & RegionChanger & PolicyAdvice;
  /** IAM of one account; no request is made before a method is called. */
  iam(place: IamPlace): IamAccount;
  readonly requests: number;
  readonly oddities: readonly string[];
  /** Closes the connections that are kept open. */
  close(): void;
}

/** Reads the AWS configuration and says what is wrong with it; sends nothing and loads no SDK yet. */
export function createGateway(options: GatewayOptions): Result<AwsGateway> {
  const env = options.env ?? process.env;
  const profiles = resolveProfiles(options, loadSharedConfig(env), env);
  if (!profiles.ok) return profiles;
  const transport = openTransport(env, options.timeouts ?? TIMEOUTS);
  if (!transport.ok) return transport;
  return succeed(joinGateway(profiles.value, transport.value, { ...options, env }));
}

function openTransport(env: Environment, timeouts: Timeouts): Result<Transport> {
  try {
    return succeed(createTransport(env, timeouts));
  } catch (thrown) {
    return fail({
      kind: 'file',
      message: `The certificates named in AWS_CA_BUNDLE cannot be read: ${env['AWS_CA_BUNDLE'] ?? ''}.`,
      hint: 'Correct AWS_CA_BUNDLE or unset it.',
      detail: String(thrown),
    });
  }
}

function joinGateway(
  profiles: readonly Profile[],
  transport: Transport,
  options: GatewayOptions & { readonly env: Environment },
): AwsGateway {
  const byName = new Map(profiles.map((profile) => [profile.name, profile]));
  const pacers = createPacers(paceOf(options.detailsPerSecond));
  const meter: Meter = { requests: 0, throttled: (profile, region) => pacers(profile, region).slowDown() };
  const clients = createClients({ env: options.env, mfaPrompt: options.mfaPrompt, transport, meter });
  const callerAccount = createCallerAccount(clients);
  const oddities = new Set<string>();
  const regions = new Map<string, RegionReader & RegionChanger & PolicyAdvice>();
  const iam = createIamAccounts({ clients, callerAccount });

  const profileOf = (name: string): Profile => {
    const profile = byName.get(name);
    if (profile !== undefined) return profile;
    const message = `The profile ${name} is not among those that were asked for.`;
    throw new ProblemError({ kind: 'usage', message, hint: `Add --profile ${shellQuote(name)}` });
  };

  const open = ({ profile, region }: Target): RegionReader & RegionChanger & PolicyAdvice => {
    const calls = createRegionCalls({
      profile: profileOf(profile),
      region,
      clients,
      callerAccount,
      report: (sentence) => oddities.add(sentence),
      pacer: pacers(profile, region),
    });
    const reader = createRegionReader(calls);
    return { ...reader, ...createRegionChanger(calls, reader), ...createPolicyAdvice(calls) };
  };

  return {
    targets: profiles.flatMap(({ name, regions: each }) => each.map((region) => ({ profile: name, region }))),
    callerAccount: async (name, signal) => callerAccount(profileOf(name), signal),
    at: (target) => {
      const key = `${target.profile}\n${target.region}`;
      const known = regions.get(key) ?? open(target);
      regions.set(key, known);
      return known;
    },
    iam: ({ profile, ...place }) => iam(profileOf(profile), place),
    get requests() {
      return meter.requests;
    },
    get oddities() {
      return [...oddities];
    },
    close: () => transport.close(),
  };
}

function createPacers(pace: Pace): (profile: string, region: string) => Pacer {
  const pacers = new Map<string, Pacer>();
  return (profile, region) => {
    const key = `${profile}\n${region}`;
    const pacer = pacers.get(key) ?? createPacer(pace);
    pacers.set(key, pacer);
    return pacer;
  };
}

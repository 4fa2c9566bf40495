import { nearest } from '../domain/nearest.ts';
import { fail, succeed, type Problem, type Result } from '../domain/problem.ts';
import {
  isRegionLike,
  nearestRegion,
  partitionOf,
  REGIONS_OF_PARTITION,
  type Partition,
} from '../domain/region.ts';
import { resolveEndpoint, type ServiceName } from './endpoint.ts';
import type { Environment, Section, SharedConfig } from './shared-config.ts';

/** A profile with everything about it that is known before AWS is asked. */
export interface Profile {
  /** As it is shown; 'default' where none was named. */
  readonly name: string;
  /** Named by --profile or AWS_PROFILE; otherwise keys in the environment go first. */
  readonly named: boolean;
  readonly section: Section;
  /** Where STS is asked. */
  readonly homeRegion: string;
  readonly regions: readonly string[];
  readonly usesSso: boolean;
  /** Addresses that are not AWS's own. */
  readonly endpoints: Readonly<Record<ServiceName, string | undefined>>;
}

/** A Region of each partition that is on in every account. */
const ALWAYS_ON: Readonly<Record<Partition, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
};

/**
 * The profiles to ask and the Regions of each. No profile named: AWS_PROFILE, else the default one. No Region named:
 * every Region of the partition of the profile's own Region (AWS_REGION, AWS_DEFAULT_REGION, `region` of the profile).
 */
export function resolveProfiles(
  asked: { readonly profiles: readonly string[]; readonly regions: readonly string[] | undefined },
  config: SharedConfig,
  env: Environment,
): Result<readonly Profile[]> {
  const wrongRegion = asked.regions?.map(checkRegion).find((problem) => problem !== undefined);
  if (wrongRegion !== undefined) return fail(wrongRegion);
  const profiles: Profile[] = [];
  for (const name of namesOf(asked.profiles, env)) {
    const profile = resolveProfile(name, asked.regions, config, env);
    if (!profile.ok) return profile;
    profiles.push(profile.value);
  }
  return succeed(profiles);
}

function namesOf(profiles: readonly string[], env: Environment): readonly (string | undefined)[] {
  if (profiles.length > 0) return [...new Set(profiles)];
  return [env['AWS_PROFILE'] || env['AWS_DEFAULT_PROFILE'] || undefined];
}

function resolveProfile(
  name: string | undefined,
  regions: readonly string[] | undefined,
  config: SharedConfig,
  env: Environment,
): Result<Profile> {
  const section = config.profiles.get(name ?? 'default');
  if (name !== undefined && section === undefined)
    return fail(unknownProfile(name, [...config.profiles.keys()]));
  const settings = section ?? {};
  const own = ownRegion(settings, env);
  const partition = partitionOf(own ?? regions?.[0] ?? '');
  const endpoints: Record<ServiceName, string | undefined> = {
    accessanalyzer: undefined,
    iam: undefined,
    sts: undefined,
  };
  for (const service of ['accessanalyzer', 'iam', 'sts'] as const) {
    const endpoint = resolveEndpoint(service, settings, config, env);
    if (!endpoint.ok) return endpoint;
    endpoints[service] = endpoint.value;
  }
  return succeed({
    name: name ?? 'default',
    named: name !== undefined,
    section: settings,
    homeRegion: own ?? ALWAYS_ON[partition ?? 'aws'],
    regions: regions === undefined ? regionsFor(own, partition) : [...new Set(regions)],
    usesSso: usesSso(settings, config),
    endpoints,
  });
}

/**
 * All of the partition, and the own one where it is younger than the table. In a partition that is not known here the own
 * Region alone: its keys are nobody's in the Regions of another.
 */
function regionsFor(own: string | undefined, partition: Partition | undefined): readonly string[] {
  if (own !== undefined && partition === undefined) return [own];
  const known = REGIONS_OF_PARTITION[partition ?? 'aws'];
  return own === undefined || known.includes(own) ? known : [...known, own];
}

/** AWS_REGION wins over AWS_DEFAULT_REGION, both over the profile (AWS SDKs and Tools Reference Guide, "AWS Region"). */
const ownRegion = (settings: Section, env: Environment): string | undefined =>
  env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || settings['region'] || undefined;

/** Directly, or through the profiles that it takes its credentials from. */
function usesSso(settings: Section, config: SharedConfig, seen: ReadonlySet<string> = new Set()): boolean {
  if (settings['sso_session'] !== undefined || settings['sso_start_url'] !== undefined) return true;
  const source = settings['source_profile'];
  if (source === undefined || seen.has(source)) return false;
  return usesSso(config.profiles.get(source) ?? {}, config, new Set([...seen, source]));
}

function checkRegion(region: string): Problem | undefined {
  if (isRegionLike(region)) return undefined;
  const near = nearestRegion(region);
  return {
    kind: 'unknown-region',
    message: `There is no Region ${JSON.stringify(region)} with IAM Access Analyzer.`,
    hint: near === undefined ? 'A Region is named like eu-central-1.' : `Did you mean ${near}?`,
  };
}

function unknownProfile(name: string, known: readonly string[]): Problem {
  const near = nearest(name, known);
  const guess = near === undefined ? '' : `Did you mean ${near}? `;
  const list =
    known.length === 0 ? 'None is configured; aws configure sso makes one.' : `Configured: ${some(known)}.`;
  return {
    kind: 'usage',
    message: `There is no profile ${JSON.stringify(name)} in the AWS configuration.`,
    hint: `${guess}${list}`,
  };
}

const SHOWN = 8;
const some = (names: readonly string[]): string =>
  names.length <= SHOWN
    ? names.join(', ')
    : `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more`;

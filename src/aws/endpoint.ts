import { fail, succeed, type Result } from '../domain/problem.ts';
import type { Environment, Section, SharedConfig } from './shared-config.ts';

/** The services this program speaks to, by the names AWS gives them in environment variables and `services` sections. */
export type ServiceName = 'accessanalyzer' | 'iam' | 'sts';

/**
 * Where a service is to be found, in the order of the AWS SDKs and Tools Reference Guide ("Service-specific endpoints"):
 * AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the profile's `services` section, the profile's `endpoint_url`.
 * `undefined`: AWS itself.
 */
export function resolveEndpoint(
  service: ServiceName,
  profile: Section,
  config: SharedConfig,
  env: Environment,
): Result<string | undefined> {
  if (ignoresConfigured(profile, env)) return succeed(undefined);
  for (const [source, url] of candidates(service, profile, config, env)) {
    if (url === undefined || url === '') continue;
    if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return succeed(url);
    return fail({
      kind: 'usage',
      message: `${source} is not an address: "${url}".`,
      hint: `Give it as http://HOST:PORT or https://HOST, or unset it.`,
    });
  }
  return succeed(undefined);
}

function candidates(
  service: ServiceName,
  profile: Section,
  config: SharedConfig,
  env: Environment,
): readonly (readonly [source: string, url: string | undefined])[] {
  const variable = `AWS_ENDPOINT_URL_${service.toUpperCase()}`;
  const services = profile['services'];
  const section = services === undefined ? undefined : config.services.get(services);
  return [
    [variable, env[variable]],
    ['AWS_ENDPOINT_URL', env['AWS_ENDPOINT_URL']],
    [`endpoint_url of ${service} in [services ${services}]`, section?.[`${service}.endpoint_url`]],
    ['endpoint_url of the profile', profile['endpoint_url']],
  ];
}

function ignoresConfigured(profile: Section, env: Environment): boolean {
  const value = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ?? profile['ignore_configured_endpoint_urls'];
  return value?.toLowerCase() === 'true';
}

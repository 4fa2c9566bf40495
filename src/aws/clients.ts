import type { AccessAnalyzerClient, AccessAnalyzerClientConfig } from '@aws-sdk/client-accessanalyzer';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { STSClient } from '@aws-sdk/client-sts';
import { createCredentials, type CredentialOptions, type CredentialProvider } from './credentials.ts';
import type { ServiceName } from './endpoint.ts';
import type { Profile } from './profile.ts';
import type { Transport } from './transport.ts';

/** Counts what goes over the wire, retries included, and hears of throttling that a retry hides. */
export interface Meter {
  requests: number;
  readonly throttled: (profile: string, region: string) => void;
}

export interface ClientOptions extends CredentialOptions {
  readonly transport: Transport;
  readonly meter: Meter;
}

export interface Clients {
  accessAnalyzer(profile: Profile, region: string): Promise<AccessAnalyzerClient>;
  sts(profile: Profile): Promise<STSClient>;
  /** IAM is global: it is asked through the profile's own Region. `keys`: of an assumed role instead of the profile's. */
  iam(profile: Profile, keys?: CredentialProvider): Promise<IAMClient>;
}

/** Clients of each profile and Region, made when first asked for; the SDK itself is loaded then. */
export function createClients(options: ClientOptions): Clients {
  const credentials = new Map<string, CredentialProvider>();
  const clients = new Map<string, Promise<AccessAnalyzerClient>>();

  const credentialsOf = (profile: Profile) =>
    remember(credentials, profile.name, () => createCredentials(profile, options));
  const settings = (profile: Profile, service: ServiceName, region: string) => {
    const endpoint = profile.endpoints[service];
    return {
      region,
      ...(profile.named ? { profile: profile.name } : {}),
      // What applies was decided for this profile; the SDK itself would look at the default one.
      ...(endpoint === undefined ? { ignoreConfiguredEndpointUrls: true } : { endpoint }),
      credentials: credentialsOf(profile),
      requestHandler: options.transport.handlerFor(endpoint),
      logger: SILENT,
      ...retrySettings(options),
    };
  };

  return {
    accessAnalyzer: (profile, region) =>
      remember(clients, `${profile.name}\n${region}`, async () => {
        const { AccessAnalyzerClient } = await import('@aws-sdk/client-accessanalyzer');
        const client = new AccessAnalyzerClient(settings(profile, 'accessanalyzer', region));
        meterRequests(client, options.meter, { profile: profile.name, region });
        return client;
      }),
    sts: async (profile) => {
      const { STSClient } = await import('@aws-sdk/client-sts');
      const client = new STSClient(settings(profile, 'sts', profile.homeRegion));
      meterRequests(client, options.meter, { profile: profile.name, region: profile.homeRegion });
      return client;
    },
    iam: async (profile, keys) => {
      const { IAMClient } = await import('@aws-sdk/client-iam');
      const own = settings(profile, 'iam', profile.homeRegion);
      const client = new IAMClient(keys === undefined ? own : { ...own, credentials: keys });
      meterRequests(client, options.meter, { profile: profile.name, region: profile.homeRegion });
      return client;
    },
  };
}

/** Without `info` on purpose: for a logger that has it, even one that says nothing, the SDK copies every answer. */
const SILENT = {} as NonNullable<AccessAnalyzerClientConfig['logger']>;

/** AWS_RETRY_MODE and AWS_MAX_ATTEMPTS have the last word; without them the SDK adapts its pace to throttling. */
function retrySettings({ env }: ClientOptions): { retryMode: string; maxAttempts: number } {
  const attempts = Number(env['AWS_MAX_ATTEMPTS']);
  return { retryMode: env['AWS_RETRY_MODE'] ?? 'adaptive', maxAttempts: attempts >= 1 ? attempts : 4 };
}

function remember<T>(known: Map<string, T>, key: string, create: () => T): T {
  const there = known.get(key);
  if (there !== undefined) return there;
  const value = create();
  known.set(key, value);
  return value;
}

type Stack =
  | Pick<AccessAnalyzerClient, 'middlewareStack'>
  | Pick<STSClient, 'middlewareStack'>
  | Pick<IAMClient, 'middlewareStack'>;

/** Inside the retry loop, so that each attempt passes. */
function meterRequests(
  client: Stack,
  meter: Meter,
  at: { readonly profile: string; readonly region: string },
): void {
  const stack = client.middlewareStack as AccessAnalyzerClient['middlewareStack'];
  stack.add(
    (next) => async (args) => {
      meter.requests += 1;
      try {
        return await next(args);
      } catch (thrown) {
        if (isThrottling(thrown)) meter.throttled(at.profile, at.region);
        throw isTimeout(thrown) ? onceOnly(thrown) : isQuota(thrown) ? asQuota(thrown) : thrown;
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'iamTriageMeter' },
  );
}

function isThrottling(thrown: unknown): boolean {
  const error = thrown as { name?: string; $metadata?: { httpStatusCode?: number } };
  return error.$metadata?.httpStatusCode === 429 || /Throttl|TooManyRequests/.test(error.name ?? '');
}

const isQuota = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && thrown.name === 'LimitExceededException';

/**
 * A quota of IAM is not lifted by waiting, but under this name the SDK takes it for throttling: it would ask three times
 * more, ten seconds long, and slow down what comes after. The name on the wire is none that it knows.
 */
const asQuota = (refusal: Error): Error => Object.assign(refusal, { name: 'LimitExceeded' });

/** Node's handler calls dropped and refused connections by this name, too; those have a code of their own. */
const isTimeout = (thrown: unknown): thrown is Error =>
  thrown instanceof Error &&
  thrown.name === 'TimeoutError' &&
  ['ETIMEDOUT', undefined].includes((thrown as { code?: string }).code);

/** The SDK would wait out the timeout again on each attempt: a hanging endpoint would take minutes to report. */
function onceOnly(timeout: Error): Error {
  return Object.assign(new Error(timeout.message), { name: 'RequestTimedOut' });
}

import type { Profile } from './profile.ts';
import type { Environment } from './shared-config.ts';

export interface AccessKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Keys that are good now; asked before each request, refreshed when they near their end. */
export type CredentialProvider = () => Promise<AccessKeys>;

export interface CredentialOptions {
  readonly env: Environment;
  /** Asks the person for the code of an MFA device, named by its serial number or ARN. */
  readonly mfaPrompt: ((serial: string) => Promise<string>) | undefined;
}

/** The provider chain would print warnings on the console that the program draws on. */
const QUIET = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };
function ignore(): void {
  // Said nowhere on purpose: what matters arrives as an error.
}

/**
 * Credentials of a profile, as AWS's own tools find them: keys in the environment (unless a profile was named), IAM
 * Identity Center, assumed roles with MFA, processes, web identity, containers and instances. One provider serves every
 * Region, so that an MFA code is asked for once.
 */
export function createCredentials(profile: Profile, options: CredentialOptions): CredentialProvider {
  const keys = profile.named ? undefined : keysOf(options.env);
  if (keys !== undefined) return () => Promise.resolve(keys);
  let chain: Promise<CredentialProvider> | undefined;
  return async () => {
    chain ??= loadChain(profile, options);
    return (await chain)();
  };
}

function keysOf(env: Environment): AccessKeys | undefined {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'];
  if (!accessKeyId || !secretAccessKey) return undefined;
  const sessionToken = env['AWS_SESSION_TOKEN'];
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

/** Loaded when it is needed: the providers are half of the SDK. */
async function loadChain(
  profile: Profile,
  { env, mfaPrompt }: CredentialOptions,
): Promise<CredentialProvider> {
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  const configFilepath = env['AWS_CONFIG_FILE'];
  const filepath = env['AWS_SHARED_CREDENTIALS_FILE'];
  return fromNodeProviderChain({
    ...(profile.named ? { profile: profile.name } : {}),
    ...(configFilepath === undefined ? {} : { configFilepath }),
    ...(filepath === undefined ? {} : { filepath }),
    ...(mfaPrompt === undefined ? {} : { mfaCodeProvider: mfaPrompt }),
    clientConfig: { region: profile.homeRegion },
    logger: QUIET,
  });
}

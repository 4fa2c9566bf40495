import { shellQuote } from '../domain/command-line.ts';
import type { Problem } from '../domain/problem.ts';
import type { RequestContext, SdkError } from './sdk-error.ts';

/** The service does not know the access key. In a Region that is off, valid keys get this answer too. */
export const isUnknownKey = (name: string): boolean =>
  name === 'UnrecognizedClientException' || name === 'InvalidClientTokenId' || name === 'AuthFailure';

const EXPIRED: ReadonlySet<string> = new Set([
  'ExpiredTokenException',
  'ExpiredToken',
  'TokenRefreshRequired',
  'ExpiredTokenError',
]);
const PROVIDERS: ReadonlySet<string> = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
  'ProviderError',
]);
const WRONG_SIGNATURE: ReadonlySet<string> = new Set([
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'IncompleteSignatureException',
  'MissingAuthenticationTokenException',
]);
const WRONG_CLOCK: ReadonlySet<string> = new Set([
  'RequestTimeTooSkewed',
  'RequestExpired',
  'RequestInTheFuture',
]);

/** The error as a problem of signing in; `undefined` where it is none. */
export function toCredentialProblem(error: SdkError, context: RequestContext): Problem | undefined {
  if (EXPIRED.has(error.name)) return expired(context);
  if (WRONG_CLOCK.has(error.name) || /signature (expired|not yet current)/i.test(error.message))
    return wrongClock();
  if (isUnknownKey(error.name)) return unknownKey(context);
  if (WRONG_SIGNATURE.has(error.name)) return wrongSecret(context);
  return PROVIDERS.has(error.name) ? fromProvider(error, context) : undefined;
}

function fromProvider(error: SdkError, context: RequestContext): Problem {
  const { message } = error;
  if (/multi-factor|MFA/.test(message)) {
    return {
      kind: 'mfa-required',
      message: `The profile ${context.profile} asks for an MFA code.`,
      hint: 'Run iam-triage in a terminal, where it can ask for the code, or use a session that is signed in already.',
    };
  }
  if (/aws login/.test(message)) return { ...expired(context), hint: `aws login${profileOption(context)}` };
  if (/expired|sso|token/i.test(message) && context.usesSso) return expired(context);
  if (/cycle/.test(message)) {
    return {
      kind: 'no-credentials',
      message: `The profile ${context.profile} names itself as its source.`,
      hint: 'Correct source_profile in ~/.aws/config.',
    };
  }
  return none(context);
}

const profileOption = (context: RequestContext): string =>
  context.profile === 'default' ? '' : ` --profile ${shellQuote(context.profile)}`;

function expired(context: RequestContext): Problem {
  return {
    kind: 'expired-credentials',
    message: `The login of the profile ${context.profile} has expired.`,
    hint: context.usesSso
      ? `aws sso login${profileOption(context)}`
      : `Sign in again: aws sso login${profileOption(context)} (IAM Identity Center), or get new temporary credentials.`,
  };
}

function none(context: RequestContext): Problem {
  return {
    kind: 'no-credentials',
    message: `There are no AWS credentials for the profile ${context.profile}.`,
    hint: 'Get some with aws configure sso or aws configure, or choose a profile with --profile NAME; iam-triage --demo needs none.',
  };
}

function unknownKey(context: RequestContext): Problem {
  return {
    kind: 'no-credentials',
    message: `AWS does not know the access key of the profile ${context.profile}.`,
    hint: `Check with aws sts get-caller-identity${profileOption(context)}; the key may have been deleted.`,
  };
}

function wrongSecret(context: RequestContext): Problem {
  return {
    kind: 'no-credentials',
    message: `AWS refused the signature of the profile ${context.profile}: its secret key is wrong.`,
    hint: `Set it again with aws configure${profileOption(context)}.`,
  };
}

function wrongClock(): Problem {
  return {
    kind: 'no-credentials',
    message: 'AWS refused the signature because the clock of this machine is wrong.',
    hint: 'Set the clock, for instance with timedatectl set-ntp true.',
  };
}

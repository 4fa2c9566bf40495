import { cleanText } from '../domain/text.ts';
import { ProblemError, type Problem, type ProblemKind } from '../domain/problem.ts';
import { toCredentialProblem } from './credential-problems.ts';
import { readError, type RequestContext, type SdkError } from './sdk-error.ts';

/** Every error of an SDK call as a Problem; AbortError becomes `cancelled`. */
export function toAwsProblem(thrown: unknown, context: RequestContext): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  const error = readError(thrown);
  const problem =
    fromAbort(error) ??
    toCredentialProblem(error, context) ??
    fromTransport(error, context) ??
    fromAnswer(error, context) ??
    fromService(error, context);
  // The SDK adds a line of advice for its own users to what it could not read.
  const detail = `${error.name}: ${cleanText(error.message.split('\n  Deserialization error')[0] ?? '')}`;
  return { ...problem, detail };
}

const fromAbort = (error: SdkError): Problem | undefined =>
  error.name === 'AbortError' ? { kind: 'cancelled', message: 'Cancelled.' } : undefined;

const serverOf = (context: RequestContext): string => context.endpoint ?? `AWS in ${context.region}`;

const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'it refuses connections',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name could not be looked up',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ECONNRESET: 'it dropped the connection',
  EPIPE: 'it dropped the connection',
  UND_ERR_SOCKET: 'it dropped the connection',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  EPROTO: 'it does not speak TLS',
};

function fromTransport(error: SdkError, context: RequestContext): Problem | undefined {
  const hungUp = error.message === 'socket hang up' ? 'it dropped the connection' : undefined;
  const why = UNREACHABLE[error.code ?? ''] ?? hungUp;
  if (why !== undefined) return unreachable(why, context);
  if (!TIMEOUTS.has(error.name) && error.code !== 'ETIMEDOUT') return undefined;
  return {
    kind: 'timeout',
    message: `${serverOf(context)} did not answer in time.`,
    hint: 'Check the network, a proxy or AWS_ENDPOINT_URL, then try again.',
    retryable: true,
  };
}

const TIMEOUTS: ReadonlySet<string> = new Set(['TimeoutError', 'RequestTimedOut']);

function unreachable(why: string, context: RequestContext): Problem {
  const certificate = why.includes('certificate');
  return {
    kind: 'unreachable',
    message: `${serverOf(context)} cannot be reached: ${why}.`,
    hint: certificate
      ? 'Name the certificate authority in AWS_CA_BUNDLE if a proxy of yours stands between.'
      : context.endpoint === undefined
        ? 'Check the network and the proxy (HTTPS_PROXY); iam-triage --offline shows what is in the store.'
        : 'Check AWS_ENDPOINT_URL and whether something listens there.',
    retryable: !certificate,
  };
}

function fromAnswer(error: SdkError, context: RequestContext): Problem | undefined {
  const unreadable =
    error.name === 'SyntaxError' || error.name === 'TypeError' || error.name === 'RangeError';
  const unnamed =
    error.name === 'Unknown' || error.name === 'UnknownError' || error.message === 'UnknownError';
  if (!unreadable && !error.notJson && !(unnamed && (error.status ?? 500) < 500)) return undefined;
  return {
    kind: 'bad-answer',
    message: `${serverOf(context)} answered ${context.iamAction} with something that is not Access Analyzer's.`,
    hint: 'A proxy or a login page may stand between, or AWS_ENDPOINT_URL may point elsewhere.',
    retryable: true,
  };
}

const KINDS: Readonly<Record<string, ProblemKind>> = {
  AccessDeniedException: 'denied',
  AccessDenied: 'denied',
  UnauthorizedException: 'denied',
  UnauthorizedOperation: 'denied',
  ThrottlingException: 'throttled',
  Throttling: 'throttled',
  TooManyRequestsException: 'throttled',
  RequestLimitExceeded: 'throttled',
  ResourceNotFoundException: 'not-found',
  NoSuchEntityException: 'not-found',
  NoSuchEntity: 'not-found',
  ConflictException: 'conflict',
  EntityAlreadyExists: 'conflict',
  EntityAlreadyExistsException: 'conflict',
  DeleteConflict: 'conflict',
  DeleteConflictException: 'conflict',
  ServiceQuotaExceededException: 'quota',
  LimitExceeded: 'quota',
  LimitExceededException: 'quota',
  ValidationException: 'invalid',
  InvalidParameterException: 'invalid',
  UnprocessableEntityException: 'invalid',
  OptInRequired: 'region-not-enabled',
  SubscriptionRequiredException: 'region-not-enabled',
  // STS, of a Region that the account has not activated (STS API reference, AssumeRole).
  RegionDisabledException: 'region-not-enabled',
};

const BY_STATUS: Readonly<Record<number, ProblemKind>> = {
  400: 'invalid',
  402: 'quota',
  403: 'denied',
  404: 'not-found',
  409: 'conflict',
  429: 'throttled',
};

function fromService(error: SdkError, context: RequestContext): Problem {
  const kind =
    KINDS[error.name] ?? BY_STATUS[error.status ?? 0] ?? (error.status === undefined ? 'bug' : 'service');
  const words = cleanText([error.message, ...error.fields].filter((part) => part !== '').join('; ')).trim();
  const said = words === '' ? '' : ` (${words.replace(/\.$/, '')})`;
  return { kind, ...SENTENCES[kind]?.(error, context, said) } as Problem;
}

/** IAM knows both versions of an operation by the name of the first (see domain/permissions.ts). */
const permissionOf = ({ iamAction }: RequestContext): string => iamAction.replace(/V2$/, '');

type Sentence = (error: SdkError, context: RequestContext, said: string) => Omit<Problem, 'kind'>;

const SENTENCES: Partial<Record<ProblemKind, Sentence>> = {
  denied: (error, context) => {
    const action =
      /not authorized to perform:? ([\w-]+:\w+)/.exec(error.message)?.[1] ?? permissionOf(context);
    const why = /explicit deny in an? ([a-z -]+ policy)/.exec(error.message)?.[1];
    const because = why === undefined ? '' : `: a ${why} denies it`;
    return {
      message: `The profile ${context.profile} may not ${action} in ${context.region}${because}.`,
      hint: `Ask for ${action}; iam-triage permissions prints the least policy that is needed.`,
    };
  },
  throttled: (_error, context) => ({
    message: `AWS is throttling ${context.iamAction} in ${context.region}.`,
    hint: 'Wait a little and try again; what was fetched is kept.',
    retryable: true,
  }),
  'not-found': (_error, context, said) => ({
    message: `${context.iamAction} in ${context.region}: it does not exist${said}.`,
  }),
  conflict: (_error, context, said) => ({
    message: `${context.iamAction} in ${context.region} is in conflict with what is there${said}.`,
    hint: 'Refresh with ctrl+r (or iam-triage sync), look again, then repeat it.',
  }),
  quota: (_error, context, said) => ({
    message: `A quota of the account is used up in ${context.region}${said}.`,
    hint: 'Delete what is not needed, or ask for more in Service Quotas.',
  }),
  invalid: (_error, context, said) => ({
    message: `AWS refused ${context.iamAction} in ${context.region} as invalid${said}.`,
  }),
  'region-not-enabled': (_error, context) => ({
    message: `The Region ${context.region} is not enabled for this account.`,
    hint: 'Enable it in the account settings, or leave it out with --region.',
  }),
  service: (error, context, said) => ({
    message: `AWS had a failure of its own at ${context.iamAction} in ${context.region}: ${error.status ?? error.name}${said}.`,
    hint: 'Try again later.',
    retryable: true,
  }),
  bug: (_error, context, said) => ({
    message: `Something unexpected went wrong at ${context.iamAction} in ${context.region}${said}.`,
    hint: 'Run again with IAM_TRIAGE_DEBUG=1 and report what it prints.',
  }),
};

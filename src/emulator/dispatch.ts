import { type AccessAnalyzerService, createAccessAnalyzer } from './access/service.ts';
import { type Caller, callerOf } from './estate/caller.ts';
import type { Estate } from './estate/estate.ts';
import { runWhatIsDue } from './estate/passing-time.ts';
import { requireEnabledRegion } from './estate/region-access.ts';
import { handleIam } from './iam/service.ts';
import { readForm } from './query/query-request.ts';
import { handleSts } from './sts/service.ts';
import type { Answer } from './wire/answer.ts';
import type { Target } from './wire/fault.ts';
import type { WireRequest } from './wire/http.ts';
import { queryError, restJsonError, ServiceError } from './wire/service-error.ts';
import { readSigningScope, type SigningScope } from './wire/signing-scope.ts';

/** A request that has found its service: what faults are matched against, and the two ways it can go on. */
export interface Dispatched {
  readonly target: Target;
  /** Carries the request out. */
  proceed(): Answer;
  /** Words a refusal in the service's protocol. */
  refuse(error: ServiceError): Answer;
}

export type Dispatch = (request: WireRequest, requestId: string) => Dispatched;

interface Addressed {
  readonly estate: Estate;
  readonly scope: SigningScope;
  readonly request: WireRequest;
  readonly requestId: string;
}

const UNSIGNED: Target = { service: 'unknown', region: 'unknown', operation: 'unknown' };
const QUERY_NAMESPACES: Readonly<Record<string, string>> = {
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
};

/** Service and Region come from the signature's scope: one port serves them all. */
export function createDispatch(estate: Estate): Dispatch {
  const accessAnalyzer = createAccessAnalyzer();
  return (request, requestId) => {
    try {
      const scope = readSigningScope(request.authorization);
      const addressed = { estate, scope, request, requestId };
      return scope.service in QUERY_NAMESPACES
        ? toQueryService(addressed)
        : toAccessAnalyzer(addressed, accessAnalyzer);
    } catch (thrown) {
      if (!(thrown instanceof ServiceError)) throw thrown;
      return { target: UNSIGNED, proceed: () => restJsonError(thrown), refuse: restJsonError };
    }
  };
}

function toAccessAnalyzer(addressed: Addressed, service: AccessAnalyzerService): Dispatched {
  const { estate, scope, request } = addressed;
  const operation = service.operationName(request) ?? 'unknown';
  return {
    target: { service: scope.service, region: scope.region, operation },
    refuse: restJsonError,
    proceed: guarded(restJsonError, () => {
      if (scope.service !== 'access-analyzer') throw unknownService(scope.service);
      const caller = authenticate(addressed);
      return service.handle({ estate, caller, region: scope.region, now: estate.clock.now() }, request);
    }),
  };
}

function toQueryService(addressed: Addressed): Dispatched {
  const { estate, scope, request, requestId } = addressed;
  const form = readForm(request.body, request.query);
  const refuse = (error: ServiceError): Answer =>
    queryError(error, requestId, QUERY_NAMESPACES[scope.service] ?? '');
  return {
    target: { service: scope.service, region: scope.region, operation: form.get('Action') ?? 'unknown' },
    refuse,
    proceed: guarded(refuse, () => {
      const caller = authenticate(addressed);
      if (scope.service === 'sts') return handleSts({ estate, caller, requestId }, form);
      return handleIam({ world: estate.world, caller, requestId }, form);
    }),
  };
}

/** Who calls, after what is due by now has happened. */
function authenticate({ estate, scope }: Addressed): Caller {
  runWhatIsDue(estate);
  const caller = callerOf(estate, scope.accessKeyId);
  requireEnabledRegion(estate, caller, scope.region);
  return caller;
}

const guarded = (refuse: (error: ServiceError) => Answer, handle: () => Answer) => (): Answer => {
  try {
    return handle();
  } catch (thrown) {
    if (thrown instanceof ServiceError) return refuse(thrown);
    throw thrown;
  }
};

const unknownService = (service: string): ServiceError =>
  new ServiceError(404, 'UnknownOperationException', `The emulator has no service ${service}`);

import { requireAllowedRegion } from '../estate/region-access.ts';
import { conflict, restJsonError, ServiceError } from '../wire/service-error.ts';
import { type Answer, jsonAnswer } from '../wire/answer.ts';
import type { Call, Operation, RestRequest } from '../service/operation.ts';
import { createReplays, type Replays } from '../service/replays.ts';
import { createRouter, type Route } from '../service/router.ts';
import { ANALYZER_OPERATIONS } from './analyzers.ts';
import { FINDING_OPERATIONS } from './findings.ts';

const OPERATIONS: readonly Operation[] = [...ANALYZER_OPERATIONS, ...FINDING_OPERATIONS];

/** Access Analyzer over restJson1. */
export interface AccessAnalyzerService {
  /** Operation that a request names, for faults and the log; `undefined`: unknown. */
  operationName(request: RestRequest): string | undefined;
  handle(call: Call, request: RestRequest): Answer;
}

export function createAccessAnalyzer(): AccessAnalyzerService {
  const route = createRouter(OPERATIONS);
  const replays = createReplays();
  return {
    operationName: ({ method, path }) => route(method, path)?.name,
    handle: (call, request) => {
      try {
        return carryOut(route, replays, call, request);
      } catch (thrown) {
        if (thrown instanceof ServiceError) return restJsonError(thrown);
        throw thrown;
      }
    },
  };
}

function carryOut(route: Route, replays: Replays, call: Call, request: RestRequest): Answer {
  const operation = route(request.method, request.path);
  if (operation === undefined) {
    throw new ServiceError(
      404,
      'UnknownOperationException',
      `No operation answers ${request.method} ${request.path}`,
    );
  }
  requireAllowedRegion(call.estate, call.caller, call.region, operation.name);
  const key = operation.idempotent ? replays.keyOf(operation.name, call, request) : undefined;
  const before = key === undefined ? undefined : replays.find(key, request);
  if (before === 'other-request') {
    throw conflict('ClientToken', key ?? '', 'The client token was used before, with another request');
  }
  const answer = before ?? jsonAnswer(200, operation.run(call, request));
  if (key !== undefined && before === undefined) replays.keep(key, request, answer);
  return answer;
}

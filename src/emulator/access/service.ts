import { requireAllowedRegion } from '../estate/region-access.ts';
import { conflict, restJsonError, ServiceError } from '../wire/service-error.ts';
import { type Answer, jsonAnswer } from '../wire/answer.ts';
import type { Call, Operation, RestRequest } from '../service/operation.ts';
import { createReplays, type Replays } from '../service/replays.ts';
import { createRouter, type Route } from '../service/router.ts';
import { ANALYZER_OPERATIONS } from './analyzers.ts';
import { ACCESS_PREVIEW_OPERATIONS } from './access-previews.ts';
import { ANALYZED_RESOURCE_OPERATIONS } from './analyzed-resources.ts';
import { ANALYZER_CHANGES } from './analyzer-changes.ts';
import { ARCHIVE_RULE_OPERATIONS } from './archive-rules.ts';
import { FINDING_OPERATIONS } from './findings.ts';
import { POLICY_CHECK_OPERATIONS } from './policy-checks.ts';
import { RECOMMENDATION_OPERATIONS } from './recommendations.ts';
import { GET_FINDINGS_STATISTICS } from './statistics.ts';
import { TAG_OPERATIONS } from './tags.ts';
import { UPDATE_FINDINGS } from './update-findings.ts';

const OPERATIONS: readonly Operation[] = [
  ...ANALYZER_OPERATIONS,
  ...ANALYZER_CHANGES,
  ...FINDING_OPERATIONS,
  UPDATE_FINDINGS,
  ...ARCHIVE_RULE_OPERATIONS,
  ...ANALYZED_RESOURCE_OPERATIONS,
  GET_FINDINGS_STATISTICS,
  ...RECOMMENDATION_OPERATIONS,
  ...TAG_OPERATIONS,
  ...POLICY_CHECK_OPERATIONS,
  ...ACCESS_PREVIEW_OPERATIONS,
];

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

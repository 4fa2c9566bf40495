import type { Answer } from '../wire/answer.ts';
import type { Call, RestRequest } from './operation.ts';

/** Answers kept for requests with a client token: the same request sent again is answered, not carried out again. */
export interface Replays {
  /** `undefined`: the request has no token, so each sending counts. */
  keyOf(operationName: string, call: Call, request: RestRequest): string | undefined;
  find(key: string, request: RestRequest): Answer | 'other-request' | undefined;
  keep(key: string, request: RestRequest, answer: Answer): void;
}

const KEPT = 1000;

export function createReplays(): Replays {
  const kept = new Map<string, { readonly sent: string; readonly answer: Answer }>();
  return {
    keyOf: (operationName, call, request) => {
      const token = tokenOf(request);
      return token === undefined
        ? undefined
        : JSON.stringify([operationName, call.region, call.caller.account, token]);
    },
    find: (key, request) => {
      const before = kept.get(key);
      if (before === undefined) return undefined;
      return before.sent === textOf(request) ? before.answer : 'other-request';
    },
    keep: (key, request, answer) => {
      kept.set(key, { sent: textOf(request), answer });
      const [oldest] = kept.keys();
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    },
  };
}

const textOf = (request: RestRequest): string =>
  `${request.path}\n${request.query.toString()}\n${request.body}`;

/** In the body, or for DELETE in the query. A body that cannot be read has none: its operation will say so. */
function tokenOf(request: RestRequest): string | undefined {
  const inQuery = request.query.get('clientToken');
  if (inQuery !== null) return inQuery;
  try {
    const body = JSON.parse(request.body) as { clientToken?: unknown } | null;
    return typeof body?.clientToken === 'string' ? body.clientToken : undefined;
  } catch {
    return undefined;
  }
}

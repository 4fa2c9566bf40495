import type { Answer } from './answer.ts';
import type { Fault } from './fault.ts';
import { ServiceError } from './service-error.ts';

/** An answer and how it leaves the house. */
export interface Delivery {
  readonly answer: Answer;
  readonly delayMs?: number;
  /** `drop`: nothing is sent; `truncate`: half of the body is. */
  readonly cut?: 'drop' | 'truncate';
}

const NOTHING: Answer = { status: 200, headers: {}, body: '' };
const WEB_PAGE =
  '<!DOCTYPE html><html><head><title>Gateway</title></head><body><h1>Please sign in</h1></body></html>';

/**
 * What a fault makes of a request. `proceed` carries the request out; faults that stand before the service do not
 * call it. `refuse` words an error in the request's protocol.
 */
export function applyFault(
  fault: Fault,
  proceed: () => Answer,
  refuse: (error: ServiceError) => Answer,
): Delivery {
  switch (fault.kind) {
    case 'throttle':
    case 'error500':
    case 'denied':
    case 'expired':
      return { answer: refuse(refusal(fault.kind, fault)) };
    case 'slow':
      return { answer: proceed(), delayMs: fault.ms ?? 1000 };
    case 'drop':
      return { answer: fault.executed === true ? proceed() : NOTHING, cut: 'drop' };
    case 'truncate':
      return { answer: proceed(), cut: 'truncate' };
    case 'html':
      return {
        answer: { status: fault.status ?? 502, headers: { 'content-type': 'text/html' }, body: WEB_PAGE },
      };
  }
}

type RefusalKind = 'throttle' | 'error500' | 'denied' | 'expired';

/** Status, name and words; `retryAfter` in seconds where the service sends one. */
const REFUSALS: Readonly<Record<RefusalKind, readonly [number, string, string, retryAfter?: number]>> = {
  throttle: [429, 'ThrottlingException', 'Rate exceeded', 1],
  error500: [500, 'InternalServerException', 'The service had an internal error'],
  denied: [403, 'AccessDeniedException', 'User is not authorized to perform this operation'],
  expired: [403, 'ExpiredTokenException', 'The security token included in the request is expired'],
};

function refusal(kind: RefusalKind, { code, retryAfter }: Fault): ServiceError {
  const [status, name, message, seconds] = REFUSALS[kind];
  const wait = retryAfter ?? seconds;
  const headers = wait === undefined ? {} : { 'retry-after': String(wait) };
  return new ServiceError(status, code ?? name, message, { headers });
}

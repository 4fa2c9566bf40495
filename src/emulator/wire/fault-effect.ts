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
      return { answer: refuse(throttled(fault.retryAfter ?? 1)) };
    case 'error500':
      return { answer: refuse(internalError(fault.retryAfter)) };
    case 'denied':
      return {
        answer: refuse(
          new ServiceError(403, 'AccessDeniedException', 'User is not authorized to perform this operation'),
        ),
      };
    case 'expired':
      return {
        answer: refuse(
          new ServiceError(
            403,
            'ExpiredTokenException',
            'The security token included in the request is expired',
          ),
        ),
      };
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

const retryAfterHeader = (seconds: number): Record<string, string> => ({ 'retry-after': String(seconds) });

const throttled = (seconds: number): ServiceError =>
  new ServiceError(429, 'ThrottlingException', 'Rate exceeded', { headers: retryAfterHeader(seconds) });

const internalError = (seconds: number | undefined): ServiceError =>
  new ServiceError(500, 'InternalServerException', 'The service had an internal error', {
    headers: seconds === undefined ? {} : retryAfterHeader(seconds),
  });

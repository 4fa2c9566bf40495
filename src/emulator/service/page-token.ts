import { hash } from 'node:crypto';
import { validationError } from '../wire/service-error.ts';

/**
 * Page tokens are opaque to clients. Inside: the place to go on from, bound to the request it came from (operation and
 * everything that shapes its list), so that a token used with another filter is refused and not misread.
 */
export function encodePageToken(request: readonly unknown[], place: unknown): string {
  const payload = JSON.stringify(place);
  return Buffer.from(JSON.stringify([digestOf(request, payload), payload])).toString('base64url');
}

/** Throws ValidationException on a token that is damaged or of another request. */
export function decodePageToken(request: readonly unknown[], token: string): unknown {
  const [digest, payload] = parse(token);
  if (typeof payload !== 'string' || digest !== digestOf(request, payload)) throw badToken();
  return JSON.parse(payload);
}

const digestOf = (request: readonly unknown[], payload: string): string =>
  hash('sha256', JSON.stringify([request, payload]), 'hex').slice(0, 16);

function parse(token: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

const badToken = () =>
  validationError('Invalid nextToken', 'fieldValidationFailed', [
    { name: 'nextToken', message: 'The token is not one that this request returned' },
  ]);

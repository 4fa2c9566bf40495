import { decodePageToken, encodePageToken } from './page-token.ts';

/**
 * maxResults has no published ceiling (ACCESS-ANALYZER: [U]); asked for more, the emulator gives this many, as a
 * service may always do.
 */
const MOST = 1000;
const DEFAULT = 100;

export const pageSize = (maxResults: number | undefined, byDefault = DEFAULT): number =>
  Math.min(maxResults ?? byDefault, MOST);

export interface PageInput {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export interface KeyedPage<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

/**
 * A page of a short list with unique keys. The place is the last key shown: it holds when others come or go, as long
 * as the list is in the order of its keys.
 */
export function pageByKey<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  input: PageInput,
  request: readonly unknown[],
): KeyedPage<T> {
  const sorted = [...all].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const after = input.nextToken === undefined ? undefined : decodePageToken(request, input.nextToken);
  const rest = typeof after === 'string' ? sorted.filter((item) => keyOf(item) > after) : sorted;
  const items = rest.slice(0, pageSize(input.maxResults));
  const last = items.at(-1);
  if (last === undefined || items.length === rest.length) return { items };
  return { items, nextToken: encodePageToken(request, keyOf(last)) };
}

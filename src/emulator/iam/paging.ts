import { element } from '../wire/xml.ts';
import type { IamCall } from './operation.ts';
import { invalidInput } from './refusals.ts';
import { list } from './xml.ts';

/** IAM's own default (API reference, `MaxItems`). */
const DEFAULT_PAGE = 100;

const toMarker = (offset: number): string => Buffer.from(`from ${offset}`).toString('base64url');

function readMarker(marker: string | undefined): number {
  if (marker === undefined) return 0;
  const offset = /^from (\d+)$/.exec(Buffer.from(marker, 'base64url').toString())?.[1];
  if (offset === undefined) throw invalidInput('Invalid Marker');
  return Number(offset);
}

const bounds = ({ parameters }: IamCall): { readonly start: number; readonly size: number } => ({
  start: readMarker(parameters.optional('Marker')),
  size: Number(parameters.optional('MaxItems') ?? DEFAULT_PAGE),
});

const more = (end: number, total: number): string =>
  end < total
    ? element('IsTruncated', 'true') + element('Marker', toMarker(end))
    : element('IsTruncated', 'false');

/** One page of a list with what tells whether more follows. */
export function page<T>(
  call: IamCall,
  name: string,
  items: readonly T[],
  toXml: (item: T) => string,
): string {
  const { start, size } = bounds(call);
  return list(name, items.slice(start, start + size).map(toXml)) + more(start + size, items.length);
}

/** Several lists that are paged as one, as ListEntitiesForPolicy does. */
export function pageOfLists(call: IamCall, lists: Readonly<Record<string, readonly string[]>>): string {
  const { start, size } = bounds(call);
  const all = Object.entries(lists).flatMap(([name, items]) => items.map((item) => ({ name, item })));
  const shown = all.slice(start, start + size);
  const parts = Object.keys(lists).map((name) =>
    list(
      name,
      shown.filter((each) => each.name === name).map(({ item }) => item),
    ),
  );
  return parts.join('') + more(start + size, all.length);
}

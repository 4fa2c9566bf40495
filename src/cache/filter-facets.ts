import type { FilterKey, Pattern } from '../domain/filter/ast.ts';
import { anywhere, matchesFromBoundary, matchesPattern } from '../domain/filter/patterns.ts';
import { namesOfType } from '../domain/filter/values.ts';
import { FINDING_STATUSES, FINDING_TYPES, TYPE_LABELS } from '../domain/finding.ts';
import { kindOf, namesOfKind } from '../domain/resource-kind.ts';
import type { Analyzers } from './analyzers.ts';
import { STATUS_CODES, TYPE_CODES } from './codes.ts';
import type { Facet, FilterNode } from './filter-node.ts';
import type { Names } from './names.ts';
import type { Connection } from './sqlite.ts';

export interface FacetParts {
  readonly connection: Connection;
  readonly names: Names;
  readonly analyzers: Analyzers;
}

/** A value that stands in the store, by its number, and the names that a filter may call it by. */
interface Word {
  readonly id: number;
  readonly names: readonly string[];
}

type Matches = (pattern: Pattern, name: string) => boolean;

const matchesAnywhere: Matches = (pattern, name) => matchesPattern(anywhere(pattern), name);

/** An empty name is none, as for the reference. */
function namesIn(parts: FacetParts, sql: string): { id: number; text: string }[] {
  return parts.connection
    .all<{ id: number }>(sql)
    .filter(({ id }) => id !== 0)
    .map(({ id }) => ({ id, text: parts.names.textOf(id) }))
    .filter(({ text }) => text !== '');
}

export const resourceTypes = (parts: FacetParts) =>
  namesIn(parts, 'SELECT DISTINCT resource_type AS id FROM cohort');
export const accounts = (parts: FacetParts) =>
  namesIn(parts, 'SELECT DISTINCT account AS id FROM cohort_member');
export const errors = (parts: FacetParts) => namesIn(parts, 'SELECT DISTINCT error AS id FROM cohort_member');

interface KeyedFacet {
  readonly facet: Facet;
  readonly matches: Matches;
  readonly words: (parts: FacetParts) => readonly Word[];
}

const one = ({ id, text }: { id: number; text: string }): Word => ({ id, names: [text] });

/** The keys that the facets answer, each with what FIELDS in domain/filter/match.ts says of it. */
const KEYED: Readonly<Partial<Record<FilterKey, KeyedFacet>>> = {
  status: {
    facet: 'status',
    matches: matchesPattern,
    words: () => FINDING_STATUSES.map((status) => ({ id: STATUS_CODES[status], names: [status] })),
  },
  type: {
    facet: 'type',
    matches: matchesPattern,
    words: () => FINDING_TYPES.map((type) => ({ id: TYPE_CODES[type], names: namesOfType(type) })),
  },
  kind: {
    facet: 'resourceType',
    matches: matchesPattern,
    words: (parts) => resourceTypes(parts).map(({ id, text }) => ({ id, names: namesOfKind(text) })),
  },
  account: { facet: 'account', matches: matchesPattern, words: (parts) => accounts(parts).map(one) },
  error: { facet: 'error', matches: matchesPattern, words: (parts) => errors(parts).map(one) },
  region: {
    facet: 'analyzer',
    matches: matchesPattern,
    words: ({ analyzers }) => analyzers.all().map(({ id, region }) => ({ id, names: [region] })),
  },
  profile: {
    facet: 'analyzer',
    matches: matchesPattern,
    words: ({ analyzers }) => analyzers.all().map(({ id, profile }) => ({ id, names: [profile] })),
  },
  analyzer: {
    facet: 'analyzer',
    matches: matchesFromBoundary,
    words: ({ analyzers }) => analyzers.all().map(({ id, arn, name }) => ({ id, names: [arn, name] })),
  },
};

const facetOf = (facet: Facet, words: readonly Word[], matches: (name: string) => boolean): FilterNode => {
  const ids = words.filter(({ names }) => names.some(matches)).map(({ id }) => id);
  return ids.length === 0 ? { kind: 'constant', value: false } : { kind: 'facet', facet, ids: new Set(ids) };
};

/** `region:eu-*,us-east-1`; undefined: not a key that the facets answer. */
export function facetOfKey(
  key: FilterKey,
  values: readonly Pattern[],
  parts: FacetParts,
): FilterNode | undefined {
  const keyed = KEYED[key];
  if (keyed === undefined) return undefined;
  return facetOf(keyed.facet, keyed.words(parts), (name) =>
    values.some((value) => keyed.matches(value, name)),
  );
}

/** `public:yes`, `error:no`. */
export function facetOfFlag(key: FilterKey, parts: FacetParts): FilterNode | undefined {
  if (key === 'public') return { kind: 'facet', facet: 'public', ids: new Set([1]) };
  return key === 'error' ? facetOf('error', errors(parts).map(one), () => true) : undefined;
}

/** What of a bare word the facets answer: the lines of the search text that are not facts, resource or id. */
export function facetsOfWord(pattern: Pattern, parts: FacetParts): FilterNode[] {
  const has = (name: string): boolean => matchesAnywhere(pattern, name);
  const { analyzers } = parts;
  return [
    facetOf(
      'type',
      FINDING_TYPES.map((type) => ({ id: TYPE_CODES[type], names: [TYPE_LABELS[type]] })),
      has,
    ),
    facetOf(
      'resourceType',
      resourceTypes(parts).map(({ id, text }) => ({ id, names: [kindOf(text)] })),
      has,
    ),
    facetOf('account', accounts(parts).map(one), has),
    facetOf(
      'analyzer',
      analyzers.all().map(({ id, region, name }) => ({ id, names: [region, name] })),
      has,
    ),
    facetOf('public', [{ id: 1, names: ['public'] }], has),
    facetOf('error', errors(parts).map(one), has),
  ].filter((node) => node.kind === 'facet');
}

import type { Criterion } from '../domain/archive-rule.ts';
import type { Pattern } from '../domain/filter/ast.ts';
import type { SqlValue } from './sqlite.ts';

/** What a filter can ask of a cohort's member without looking at a single finding. */
export const FACETS = ['type', 'resourceType', 'analyzer', 'account', 'status', 'public', 'error'] as const;
export type Facet = (typeof FACETS)[number];

/** The numbers that stand for a cohort's member. */
export type FacetValues = Readonly<Record<Facet, number>>;

/** SQL over `f` finding, `e` exposure, `c` cohort, `x` facts and `d` detail; never NULL, so that NOT means not. */
export interface RowTest {
  readonly kind: 'row';
  readonly sql: string;
  readonly values: readonly SqlValue[];
  /** The same for an exposure with a single finding that AWS still lists, over `e` alone. */
  readonly lone?: Sql;
  /** The same of findings that are in memory, where that can be said. */
  readonly memory?: MemoryTest;
  /** A query for the ids of all exposures that can pass (and maybe others), where it is quicker than looking at each. */
  readonly candidates?: Candidates;
}

/** Bits of each resource, and the one that a search sets for those that it means: nobody else has set it. */
export interface Marks {
  readonly bits: Uint8Array;
  readonly bit: number;
}

/** The resources in memory. */
export interface ResourceSearch {
  holding(pattern: Pattern, marks: Marks): void;
  matching(pattern: Pattern, marks: Marks): void;
  meeting(criterion: Criterion, marks: Marks): void;
}

/** What a row test asks of the tally. */
export type MemoryTest =
  /** The finding's facts are one of these. */
  | { readonly on: 'facts'; readonly ids: readonly number[] }
  | { readonly on: 'resources'; readonly mark: (resources: ResourceSearch, marks: Marks) => void }
  /** Row ids of exposures; `lone`: of findings, which only tells where an exposure has but one. */
  | { readonly on: 'exposures'; readonly rows: () => readonly number[]; readonly lone: boolean }
  /** Created at `from` or later, and before `until`. */
  | { readonly on: 'created'; readonly from: number | undefined; readonly until: number | undefined };

export interface Candidates {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** A filter made ready for the store: its words have become numbers and SQL. */
export type FilterNode =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'facet'; readonly facet: Facet; readonly ids: ReadonlySet<number> }
  | { readonly kind: 'and' | 'or'; readonly items: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly item: FilterNode }
  | RowTest;

export const ALWAYS: FilterNode = { kind: 'constant', value: true };
export const NEVER: FilterNode = { kind: 'constant', value: false };

/** How the tests of single rows came out, where that is known. */
export type RowResults = (test: RowTest) => boolean | undefined;

const UNKNOWN: RowResults = () => undefined;

/** What the facets decide, alone or with the results of row tests; undefined: it depends on the finding. */
export function decide(node: FilterNode, member: FacetValues, results = UNKNOWN): boolean | undefined {
  switch (node.kind) {
    case 'constant':
      return node.value;
    case 'facet':
      return node.ids.has(member[node.facet]);
    case 'row':
      return results(node);
    case 'not': {
      const inner = decide(node.item, member, results);
      return inner === undefined ? undefined : !inner;
    }
    case 'and':
    case 'or': {
      // `or` is decided by the first true, `and` by the first false.
      const deciding = node.kind === 'or';
      let open = false;
      for (const item of node.items) {
        const decided = decide(item, member, results);
        if (decided === deciding) return deciding;
        if (decided === undefined) open = true;
      }
      return open ? undefined : !deciding;
    }
  }
}

const COLUMNS: Readonly<Record<Facet, string>> = {
  type: 'c.type',
  resourceType: 'c.resource_type',
  analyzer: 'f.analyzer',
  account: 'f.account',
  status: 'f.status',
  public: 'x.public',
  error: 'x.error',
};

export interface Sql {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** The whole filter over a finding's row. Numbers are written out, everything that was text is bound. */
export function toSql(node: FilterNode): Sql {
  switch (node.kind) {
    case 'constant':
      return { sql: node.value ? '1' : '0', values: [] };
    case 'facet':
      return { sql: `${COLUMNS[node.facet]} IN (${[...node.ids].join(', ')})`, values: [] };
    case 'row':
      return { sql: node.sql, values: node.values };
    case 'not': {
      const inner = toSql(node.item);
      return { sql: `NOT (${inner.sql})`, values: inner.values };
    }
    case 'and':
    case 'or': {
      const items = node.items.map(toSql);
      if (items.length === 0) return { sql: node.kind === 'and' ? '1' : '0', values: [] };
      return joinSql(items, node.kind === 'and' ? ' AND ' : ' OR ');
    }
  }
}

/** Balanced, because SQLite parses at most a thousand levels deep and a flat chain counts each link as one. */
function joinSql(items: readonly Sql[], operator: string): Sql {
  if (items.length <= 2) {
    return {
      sql: items.map((item) => `(${item.sql})`).join(operator),
      values: items.flatMap((item) => item.values),
    };
  }
  const middle = items.length >> 1;
  return joinSql(
    [joinSql(items.slice(0, middle), operator), joinSql(items.slice(middle), operator)],
    operator,
  );
}

/**
 * Candidates of a whole filter: of any part that must hold, or of all parts of which one must. They hold for findings
 * that the facets leave open, as long as none of `held` (facets that hold for one of these) could answer instead.
 */
export function candidatesOf(node: FilterNode, held: ReadonlySet<FilterNode>): Candidates | undefined {
  switch (node.kind) {
    case 'row':
      return node.candidates;
    case 'and':
      return firstOf(node.items, (item) => candidatesOf(item, held));
    case 'or':
      return unionOf(node.items, held);
    case 'constant':
    case 'facet':
    case 'not':
      return undefined;
  }
}

function firstOf<T, U>(items: readonly T[], find: (item: T) => U | undefined): U | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function unionOf(items: readonly FilterNode[], held: ReadonlySet<FilterNode>): Candidates | undefined {
  const found: Candidates[] = [];
  for (const item of items) {
    const isOut = item.kind === 'constant' ? !item.value : item.kind === 'facet' && !held.has(item);
    if (isOut) continue;
    const candidates = candidatesOf(item, held);
    if (candidates === undefined) return undefined;
    found.push(candidates);
  }
  if (found.length === 0) return undefined;
  return {
    sql: found.map((each) => each.sql).join(' UNION '),
    values: found.flatMap((each) => each.values),
  };
}

type NodeOf<Kind extends FilterNode['kind']> = Extract<FilterNode, { readonly kind: Kind }>;

/** All facets, or all row tests, of a filter. */
export function nodesOf<Kind extends 'facet' | 'row'>(node: FilterNode, kind: Kind): readonly NodeOf<Kind>[] {
  if (node.kind === kind) return [node as NodeOf<Kind>];
  if (node.kind === 'and' || node.kind === 'or') return node.items.flatMap((item) => nodesOf(item, kind));
  return node.kind === 'not' ? nodesOf(node.item, kind) : [];
}

import type { Decision } from '../domain/decision.ts';
import type { Expr, FilterContext, Pattern, Term } from '../domain/filter/ast.ts';
import { anywhere, matchesPattern } from '../domain/filter/patterns.ts';
import { loadDecisions } from './decisions.ts';
import { facetOfFlag, facetOfKey, facetsOfWord, type FacetParts } from './filter-facets.ts';
import { ALWAYS, type FilterNode, NEVER } from './filter-node.ts';
import {
  type RowParts,
  rowsOfExposures,
  rowsOfFlag,
  rowsOfKey,
  rowsOfMoment,
  rowsOfWord,
} from './filter-rows.ts';
import { rulesNode } from './filter-rules.ts';

/** What a filter is compiled against: the numbers that stand for words in this store. */
export type FilterParts = FacetParts & RowParts;

type MatchTerm = Extract<Term, { readonly kind: 'match' }>;
type FlagTerm = Extract<Term, { readonly kind: 'flag' }>;

const not = (item: FilterNode): FilterNode => ({ kind: 'not', item });

function decided(parts: FilterParts, test: (decision: Decision) => boolean): FilterNode {
  return rowsOfExposures(
    loadDecisions(parts.connection)
      .filter(test)
      .map(({ exposureId }) => exposureId),
    parts,
  );
}

const noteTexts = ({ reason, ticket, note }: Decision): string[] =>
  [reason, ticket, note].filter((text) => text !== undefined && text !== '') as string[];

function compileMatch({ key, values }: MatchTerm, parts: FilterParts): FilterNode {
  const matches = (name: string, toMatch = (value: Pattern) => value): boolean =>
    values.some((value) => matchesPattern(toMatch(value), name));
  if (key === 'note')
    return decided(parts, (each) => noteTexts(each).some((text) => matches(text, anywhere)));
  if (key === 'owner')
    return decided(parts, ({ owner }) => owner !== undefined && owner !== '' && matches(owner));
  if (key === 'rule') return rulesNode((name) => matches(name), parts);
  return facetOfKey(key, values, parts) ?? rowsOfKey(key, values, parts) ?? NEVER;
}

function flagNode({ key }: FlagTerm, context: FilterContext, parts: FilterParts): FilterNode {
  if (key === 'note') return decided(parts, (each) => noteTexts(each).length > 0);
  if (key === 'owner') return decided(parts, ({ owner }) => owner !== undefined && owner !== '');
  if (key === 'rule') return rulesNode(() => true, parts);
  return facetOfFlag(key, parts) ?? rowsOfFlag(key, context, parts) ?? NEVER;
}

function compileTerm(term: Term, context: FilterContext, parts: FilterParts): FilterNode {
  switch (term.kind) {
    case 'word': {
      const { pattern } = term;
      return { kind: 'or', items: [...facetsOfWord(pattern, parts), ...rowsOfWord(pattern, parts)] };
    }
    case 'match':
      return compileMatch(term, parts);
    case 'flag': {
      const node = flagNode(term, context, parts);
      return term.value ? node : not(node);
    }
    case 'moment':
      return rowsOfMoment(term, context.now);
  }
}

/**
 * A filter for this store. `matchesFilter` in domain/filter/match.ts is the reference; a property test holds the two
 * together. Words are looked up while compiling, so a compiled filter is good for one query only.
 */
export function compileFilter(expr: Expr, context: FilterContext, parts: FilterParts): FilterNode {
  switch (expr.kind) {
    case 'all':
      return ALWAYS;
    case 'and':
    case 'or':
      return { kind: expr.kind, items: expr.items.map((item) => compileFilter(item, context, parts)) };
    case 'not':
      return not(compileFilter(expr.item, context, parts));
    default:
      return compileTerm(expr, context, parts);
  }
}

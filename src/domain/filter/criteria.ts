import type { Criteria, Criterion } from '../archive-rule.ts';
import type { Expr, Span, Term } from './ast.ts';
import { mergeAnd, mergeOr } from './criteria-merge.ts';
import { type CriteriaPurpose, type Said, type Saying, toSaying } from './criteria-term.ts';
import { formatFilter } from './format.ts';

/** A part of the filter, its text in canonical form, and why it is not in the criteria as it stands. */
export interface FilterRemark {
  readonly text: string;
  readonly why: string;
  readonly span: Span;
}

export interface FilterCriteria {
  readonly criteria: Criteria;
  /** Parts that are not in the criteria at all: without them the criteria mean more than the filter. */
  readonly cannotSay: readonly FilterRemark[];
  /** Parts that are in the criteria, but mean more there (`principal:1234*` became "contains 1234"). */
  readonly wider: readonly FilterRemark[];
}

type Part = Exclude<Expr, { readonly kind: 'all' }>;

interface Draft {
  readonly criteria: Map<string, Criterion>;
  readonly cannotSay: FilterRemark[];
  readonly wider: FilterRemark[];
  readonly purpose: CriteriaPurpose;
}

const isTerm = (expr: Expr): expr is Term => !['all', 'and', 'or', 'not'].includes(expr.kind);

const remark = (expr: Part, negated: boolean, why: string): FilterRemark => ({
  text: formatFilter(negated ? { kind: 'not', item: expr, span: expr.span } : expr),
  why,
  span: expr.span,
});

const OR_ACROSS_KEYS = 'criteria have no OR across keys, only between the values of one key';

function eitherOf(a: Said, b: Said): Saying {
  if (a.key !== b.key) return { why: OR_ACROSS_KEYS };
  const merged = mergeOr(a.criterion, b.criterion);
  if ('why' in merged) return merged;
  const wider = a.wider ?? b.wider;
  return { key: a.key, criterion: merged, ...(wider !== undefined && { wider }) };
}

/** Alternatives, all of which must be of one key. */
const alternatives = (items: readonly Expr[], negated: boolean, purpose: CriteriaPurpose): Saying =>
  items
    .map((item) => oneKey(item, negated, purpose))
    .reduce((all, one) => ('why' in all ? all : 'why' in one ? one : eitherOf(all, one)));

/** An expression that is one criterion. Exclusions go down to the terms: not (a and b) is not a or not b. */
function oneKey(expr: Expr, negated: boolean, purpose: CriteriaPurpose): Saying {
  if (expr.kind === 'not') return oneKey(expr.item, !negated, purpose);
  if (isTerm(expr)) return toSaying(expr, negated, purpose);
  const isOr = (expr.kind === 'or') !== negated;
  return expr.kind !== 'all' && isOr ? alternatives(expr.items, negated, purpose) : { why: OR_ACROSS_KEYS };
}

function add(draft: Draft, expr: Part, negated: boolean): void {
  const saying = oneKey(expr, negated, draft.purpose);
  if ('why' in saying) {
    draft.cannotSay.push(remark(expr, negated, saying.why));
    return;
  }
  const before = draft.criteria.get(saying.key);
  const merged = before === undefined ? saying.criterion : mergeAnd(before, saying.criterion);
  if ('why' in merged) {
    draft.cannotSay.push(remark(expr, negated, merged.why));
    return;
  }
  draft.criteria.set(saying.key, merged);
  if (saying.wider !== undefined) draft.wider.push(remark(expr, negated, saying.wider));
}

/** What must all hold, each on its own. */
function addAll(draft: Draft, expr: Expr, negated: boolean): void {
  if (expr.kind === 'all') return;
  if (expr.kind === 'not') return addAll(draft, expr.item, !negated);
  const isAnd = expr.kind === (negated ? 'or' : 'and');
  if (isAnd && !isTerm(expr)) expr.items.forEach((item) => addAll(draft, item, negated));
  else add(draft, expr, negated);
}

/** Only external findings say whether they are public; beside other types the criterion would match nothing. */
function withoutIdlePublic(criteria: Map<string, Criterion>): Map<string, Criterion> {
  const types = criteria.get('findingType')?.eq;
  const isIdle = types !== undefined && !types.includes('ExternalAccess');
  if (isIdle && criteria.get('isPublic')?.eq?.[0] === 'false') criteria.delete('isPublic');
  return criteria;
}

/**
 * The filter as criteria of the service, for a list request or an archive rule. What is in neither `cannotSay` nor
 * `wider` means exactly the same, except that criteria compare letters exactly.
 */
export function toCriteria(expr: Expr, purpose: CriteriaPurpose): FilterCriteria {
  const draft: Draft = { criteria: new Map(), cannotSay: [], wider: [], purpose };
  addAll(draft, expr, false);
  const { cannotSay, wider } = draft;
  return { criteria: Object.fromEntries(withoutIdlePublic(draft.criteria)), cannotSay, wider };
}

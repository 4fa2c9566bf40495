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
  /** Where each key of the criteria was last asked for. */
  readonly places: Map<string, Place>;
  readonly cannotSay: FilterRemark[];
  readonly wider: FilterRemark[];
  readonly purpose: CriteriaPurpose;
}

const isTerm = (expr: Expr): expr is Term => !['all', 'and', 'or', 'not'].includes(expr.kind);

/** A part of the filter, perhaps excluded; the span covers its `-`. */
interface Place {
  readonly expr: Part;
  readonly negated: boolean;
  readonly span: Span;
}

const remark = ({ expr, negated, span }: Place, why: string): FilterRemark => ({
  text: formatFilter(negated ? { kind: 'not', item: expr, span } : expr),
  why,
  span,
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

function add(draft: Draft, place: Place): void {
  const saying = oneKey(place.expr, place.negated, draft.purpose);
  if ('why' in saying) {
    draft.cannotSay.push(remark(place, saying.why));
    return;
  }
  const before = draft.criteria.get(saying.key);
  const merged = before === undefined ? saying.criterion : mergeAnd(before, saying.criterion);
  if ('why' in merged) {
    draft.cannotSay.push(remark(place, merged.why));
    return;
  }
  draft.criteria.set(saying.key, merged);
  draft.places.set(saying.key, place);
  if (saying.wider !== undefined) draft.wider.push(remark(place, saying.wider));
}

/** What must all hold, each on its own: not (a or b) is not a and not b. */
function addAll(draft: Draft, expr: Expr, negated: boolean, span?: Span): void {
  if (expr.kind === 'all') return;
  if (expr.kind === 'not') addAll(draft, expr.item, !negated, expr.span);
  else if (!isTerm(expr) && expr.kind === (negated ? 'or' : 'and')) {
    expr.items.forEach((item) => addAll(draft, item, negated));
  } else add(draft, { expr, negated, span: span ?? expr.span });
}

/**
 * `public:no` is true of findings that do not say whether they are public (all but external ones), `isPublic eq false`
 * is not. A rule may hide less than the filter means, and should carry it; a list must not leave anything out.
 */
function settlePublic(draft: Draft): void {
  const place = draft.places.get('isPublic');
  if (place === undefined || draft.criteria.get('isPublic')?.eq?.includes('false') !== true) return;
  const types = draft.criteria.get('findingType')?.eq;
  const isIdle = types !== undefined && !types.includes('ExternalAccess');
  const isExact = types?.length === 1 && !isIdle;
  if (isExact || (draft.purpose === 'rule' && !isIdle)) return;
  draft.criteria.delete('isPublic');
  if (!isIdle)
    draft.cannotSay.push(
      remark(place, 'only external findings say whether they are public: add type:external'),
    );
}

/**
 * The filter as criteria of the service, for a list request or an archive rule. What is in neither `cannotSay` nor
 * `wider` means exactly the same, except that criteria compare letters exactly.
 */
export function toCriteria(expr: Expr, purpose: CriteriaPurpose): FilterCriteria {
  const draft: Draft = { criteria: new Map(), places: new Map(), cannotSay: [], wider: [], purpose };
  addAll(draft, expr, false);
  settlePublic(draft);
  const { criteria, cannotSay, wider } = draft;
  return { criteria: Object.fromEntries(criteria), cannotSay, wider };
}

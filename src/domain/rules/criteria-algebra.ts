import type { Criteria, Criterion } from '../archive-rule.ts';

/**
 * What can be said about criteria without looking at findings. Everything here is sound, not complete: `true` is a
 * proof for every finding there could ever be, `false` only means that there is no proof.
 */

/** The same criteria however their keys and values are ordered or repeated. */
export function canonicalCriteria(criteria: Criteria): string {
  const keys = Object.keys(criteria).sort();
  return JSON.stringify(keys.map((key) => [key, canonicalCriterion(criteria[key] ?? {})]));
}

export const sameCriteria = (a: Criteria, b: Criteria): boolean =>
  canonicalCriteria(a) === canonicalCriteria(b);

function canonicalCriterion({ eq, neq, contains, exists }: Criterion): unknown {
  return [distinct(eq), distinct(neq), distinct(contains), exists ?? null];
}

const distinct = (values: readonly string[] | undefined): readonly string[] | null =>
  values === undefined ? null : [...new Set(values)].sort();

/** Every finding that `narrow` means is meant by `wide`. */
export function covers(wide: Criteria, narrow: Criteria): boolean {
  if (isUnsatisfiable(narrow)) return true;
  return Object.entries(wide).every(([key, criterion]) => implies(narrow[key] ?? {}, criterion));
}

/** No finding is meant by both. */
export function areDisjoint(a: Criteria, b: Criteria): boolean {
  if (isUnsatisfiable(a) || isUnsatisfiable(b)) return true;
  return Object.entries(a).some(([key, criterion]) => {
    const other = b[key];
    return other !== undefined && isImpossible(both(criterion, other), [criterion, other]);
  });
}

/** No finding can ever match, e.g. `eq a` together with `neq a`. */
export const isUnsatisfiable = (criteria: Criteria): boolean =>
  Object.values(criteria).some((criterion) => isImpossible(criterion, [criterion]));

export type Relation = 'same' | 'covers' | 'covered' | 'disjoint' | 'may-overlap';

export function relate(a: Criteria, b: Criteria): Relation {
  const wider = covers(a, b);
  const narrower = covers(b, a);
  if (wider && narrower) return 'same';
  if (wider) return 'covers';
  if (narrower) return 'covered';
  return areDisjoint(a, b) ? 'disjoint' : 'may-overlap';
}

const passes = ({ neq, contains }: Criterion, value: string): boolean =>
  neq?.includes(value) !== true && (contains === undefined || contains.some((part) => value.includes(part)));

/** The values that `eq` leaves after the criterion's other operators; undefined: not a closed list. */
const closedValues = (criterion: Criterion): readonly string[] | undefined =>
  criterion.eq?.filter((value) => passes(criterion, value));

/** The finding must have a value for the key. */
const needsValue = ({ eq, contains, exists }: Criterion): boolean =>
  eq !== undefined || contains !== undefined || exists === true;

function both(a: Criterion, b: Criterion): Criterion {
  const eq =
    a.eq !== undefined && b.eq !== undefined ? a.eq.filter((value) => b.eq?.includes(value)) : (a.eq ?? b.eq);
  const neq = [...(a.neq ?? []), ...(b.neq ?? [])];
  return { ...(eq === undefined ? {} : { eq }), ...(neq.length === 0 ? {} : { neq }) };
}

/** `parts`: the criteria that must all hold; `joined`: their eq and neq as one. */
function isImpossible(joined: Criterion, parts: readonly Criterion[]): boolean {
  const mustLack = parts.some(({ exists }) => exists === false);
  if (mustLack && parts.some(needsValue)) return true;
  return (
    joined.eq?.every(
      (value) => !parts.every((part) => passes(part, value)) || joined.neq?.includes(value) === true,
    ) === true
  );
}

/** Whatever value (or none) satisfies `narrow` satisfies `wide`. */
function implies(narrow: Criterion, wide: Criterion): boolean {
  return (
    (wide.exists === undefined || (wide.exists ? needsValue(narrow) : narrow.exists === false)) &&
    (wide.eq === undefined || impliesEq(narrow, wide.eq)) &&
    (wide.neq === undefined || impliesNeq(narrow, wide.neq)) &&
    (wide.contains === undefined || impliesContains(narrow, wide.contains))
  );
}

const impliesEq = (narrow: Criterion, eq: readonly string[]): boolean =>
  closedValues(narrow)?.every((value) => eq.includes(value)) === true;

function impliesNeq(narrow: Criterion, neq: readonly string[]): boolean {
  if (narrow.exists === false) return true;
  const values = closedValues(narrow);
  if (values !== undefined) return values.every((value) => !neq.includes(value));
  return neq.every(
    (value) =>
      narrow.neq?.includes(value) === true ||
      (narrow.contains !== undefined && !narrow.contains.some((part) => value.includes(part))),
  );
}

function impliesContains(narrow: Criterion, contains: readonly string[]): boolean {
  const holds = (text: string): boolean => contains.some((part) => text.includes(part));
  const values = closedValues(narrow);
  return values === undefined ? narrow.contains?.every(holds) === true : values.every(holds);
}

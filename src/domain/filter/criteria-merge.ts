import type { Criterion } from '../archive-rule.ts';

/** Two criteria of one key as one, or why that cannot be said. */
export type Merged = Criterion | { readonly why: string };

const union = (a: readonly string[] = [], b: readonly string[] = []): readonly string[] => [
  ...new Set([...a, ...b]),
];

/** Values that must all be meant by every `eq`: those that each allows. */
function commonValues(a: Criterion, b: Criterion): readonly string[] | undefined {
  if (a.eq === undefined) return b.eq;
  const { eq } = b;
  return eq === undefined ? a.eq : a.eq.filter((value) => eq.includes(value));
}

const CONTRADICTION = { why: 'it contradicts the rest: no finding is like that' };

/** Both must hold. */
export function mergeAnd(a: Criterion, b: Criterion): Merged {
  if (a.contains !== undefined && b.contains !== undefined) {
    return { why: 'one key can hold only one list of texts to contain, and those are alternatives' };
  }
  if (a.exists !== undefined && b.exists !== undefined && a.exists !== b.exists) return CONTRADICTION;
  const eq = commonValues(a, b);
  const neq = union(a.neq, b.neq);
  const contains = a.contains ?? b.contains;
  const exists = a.exists ?? b.exists;
  return reduced({
    ...(eq && { eq }),
    ...(neq.length > 0 && { neq }),
    ...(contains && { contains }),
    ...(exists !== undefined && { exists }),
  });
}

/** The same in fewest operators: beside `eq` the others only thin its values out, beside a value `exists` is idle. */
function reduced({ eq, neq = [], contains, exists }: Criterion): Merged {
  const needsValue = eq !== undefined || contains !== undefined;
  if (exists === false) return needsValue ? CONTRADICTION : { exists };
  if (eq === undefined) {
    const some = exists === true && contains === undefined;
    return { ...(neq.length > 0 && { neq }), ...(contains && { contains }), ...(some && { exists }) };
  }
  const left = eq
    .filter((value) => !neq.includes(value))
    .filter((value) => contains === undefined || contains.some((part) => value.includes(part)));
  return left.length === 0 ? CONTRADICTION : { eq: left };
}

const operators = (criterion: Criterion): string => Object.keys(criterion).sort().join();

/** One of both must hold: only values of one operator are alternatives. */
export function mergeOr(a: Criterion, b: Criterion): Merged {
  const kind = operators(a);
  if (kind === operators(b) && kind === 'eq') return { eq: union(a.eq, b.eq) };
  if (kind === operators(b) && kind === 'contains') return { contains: union(a.contains, b.contains) };
  return { why: 'only values of one key, compared alike, can be alternatives' };
}

import type { Criteria, Criterion } from '../archive-rule.ts';

/** One line a person can read: `resourceType = AWS::S3::Bucket, isPublic = false`. Not cleaned for the terminal. */
export function formatCriteria(criteria: Criteria): string {
  return Object.entries(criteria)
    .flatMap(([key, criterion]) => formatCriterion(key, criterion))
    .join(', ');
}

/** One text for each operator of the key. */
export function formatCriterion(key: string, { eq, neq, contains, exists }: Criterion): string[] {
  return [
    ...(eq === undefined ? [] : [`${key} = ${eq.join(' | ')}`]),
    ...(neq === undefined ? [] : [`${key} ≠ ${neq.join(' | ')}`]),
    ...(contains === undefined ? [] : [`${key} contains ${contains.join(' | ')}`]),
    ...(exists === undefined ? [] : [`${key} ${exists ? 'exists' : 'does not exist'}`]),
  ];
}

/** What changes from one filter to another, operator by operator: `UpdateArchiveRule` replaces the whole. */
export interface CriteriaDiff {
  readonly removed: readonly string[];
  readonly added: readonly string[];
  readonly kept: readonly string[];
}

export function diffCriteria(before: Criteria, after: Criteria): CriteriaDiff {
  const old = linesOf(before);
  const now = linesOf(after);
  return {
    removed: old.filter((line) => !now.includes(line)),
    added: now.filter((line) => !old.includes(line)),
    kept: now.filter((line) => old.includes(line)),
  };
}

/** One line a value, so that a changed list shows exactly which values came and went. */
function linesOf(criteria: Criteria): string[] {
  return Object.entries(criteria).flatMap(([key, { eq = [], neq = [], contains = [], exists }]) => [
    ...eq.map((value) => `${key} = ${value}`),
    ...neq.map((value) => `${key} ≠ ${value}`),
    ...contains.map((value) => `${key} contains ${value}`),
    ...(exists === undefined ? [] : [`${key} ${exists ? 'exists' : 'does not exist'}`]),
  ]);
}

import type { Criteria } from '../archive-rule.ts';
import { type Result, succeed } from '../problem.ts';
import { splitCriteria } from './limits.ts';

export interface NamedCriteria {
  readonly name: string;
  readonly filter: Criteria;
}

/** The rule, or as many as its values need, which together archive the same: `name`, `name-2`, … */
export function splitRule({ name, filter }: NamedCriteria): Result<readonly NamedCriteria[]> {
  const parts = splitCriteria(filter);
  if (!parts.ok) return parts;
  if (parts.value.length <= 1) return succeed([{ name, filter }]);
  return succeed(
    parts.value.map((part, index) => ({ name: index === 0 ? name : `${name}-${index + 1}`, filter: part })),
  );
}

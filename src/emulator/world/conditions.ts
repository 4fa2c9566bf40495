import type { Condition } from './policy.ts';
import { matchesWildcard } from './wildcard.ts';

/**
 * Condition operators, as far as findings depend on them. Keys are compared in lower case, as IAM does; a key that a
 * request lacks makes a negated operator true and any other false, unless it ends in IfExists.
 */
interface Operator {
  readonly base: string;
  readonly negated: boolean;
  /** Also true where the request has no such key, so it limits nobody. */
  readonly passesWhenAbsent: boolean;
}

export function readOperator(operator: string): Operator {
  const name = operator.toLowerCase();
  const all = name.startsWith('forallvalues:');
  const plain = name.replace(/^for(all|any)values?:/, '').replace(/ifexists$/, '');
  const negated = plain.includes('not');
  return {
    base: plain.replace('not', ''),
    negated,
    passesWhenAbsent: negated || all || name.endsWith('ifexists'),
  };
}

/** What a request carries; values by lower-case key. */
export type RequestContext = ReadonlyMap<string, string>;

function matchesValue(base: string, pattern: string, value: string): boolean {
  switch (base) {
    case 'stringequalsignorecase':
      return pattern.toLowerCase() === value.toLowerCase();
    case 'stringlike':
    case 'arnlike':
    case 'arnequals':
      return matchesWildcard(pattern, value);
    case 'bool':
      return pattern.toLowerCase() === value.toLowerCase();
    default:
      return pattern === value;
  }
}

/** Whether the condition holds for a request with this context. */
export function conditionHolds(condition: Condition, context: RequestContext): boolean {
  const { base, negated, passesWhenAbsent } = readOperator(condition.operator);
  const value = context.get(condition.key.toLowerCase());
  if (base === 'null') return condition.values.includes(value === undefined ? 'true' : 'false');
  if (value === undefined) return passesWhenAbsent;
  return condition.values.some((pattern) => matchesValue(base, pattern, value)) !== negated;
}

/** The condition that must hold for a Deny with this one alone *not* to apply; undefined where none says that. */
export function invertCondition(condition: Condition): Condition | undefined {
  const { base, negated } = readOperator(condition.operator);
  if (!negated) return undefined;
  return { operator: base, key: condition.key, values: condition.values };
}

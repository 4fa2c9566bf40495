import type { AnalyzerKind } from '../analyzer.ts';
import type { Criteria } from '../archive-rule.ts';
import type { Expr } from '../filter/ast.ts';
import { type FilterRemark, toCriteria } from '../filter/criteria.ts';
import { fail, type Problem, type Result, succeed } from '../problem.ts';
import { areDisjoint } from './criteria-algebra.ts';
import { NOT_PUBLIC } from './public-access.ts';

/**
 * The filter as a rule's criteria; every part that a rule cannot say is named. `wider` takes parts as well that a rule
 * can only say more widely: it then archives more than the filter shows.
 */
export function toRuleCriteria(filter: Expr, options: { readonly wider: boolean }): Result<Criteria> {
  const { criteria, cannotSay, wider } = toCriteria(filter, 'rule');
  if (cannotSay.length > 0)
    return fail(unsaid('A rule cannot say', cannotSay, 'Leave these parts out of the filter.'));
  if (wider.length > 0 && !options.wider) {
    const hint = 'Write *text* where the place does not matter, or take the wider rule with --wider.';
    return fail(unsaid('A rule can say only more than', wider, hint));
  }
  return succeed(criteria);
}

const unsaid = (beginning: string, remarks: readonly FilterRemark[], hint: string): Problem => ({
  kind: 'filter',
  message: `${beginning} ${remarks.map(({ text, why }) => `"${text}" (${why})`).join(', ')}.`,
  hint,
});

/**
 * Criteria with the guard that keeps a rule from ever hiding public access; only external analyzers need it. What says
 * something of `isPublic` already is narrowed by it. Fails where nothing would be left: such a rule is about public access.
 */
export function guardPublic(criteria: Criteria, kinds: Iterable<AnalyzerKind>): Result<Criteria> {
  if (![...kinds].includes('external')) return succeed(criteria);
  if (areDisjoint(criteria, NOT_PUBLIC)) {
    return fail({
      kind: 'usage',
      message: 'This rule would archive nothing but public access.',
      hint: 'If that is meant, say so with --allow-public.',
    });
  }
  return succeed({ ...criteria, ...NOT_PUBLIC });
}

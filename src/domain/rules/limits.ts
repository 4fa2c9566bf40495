import type { Criteria, Criterion } from '../archive-rule.ts';
import { CRITERIA_KEYS } from '../criteria.ts';
import { nearest } from '../nearest.ts';
import { fail, type Problem, type Result, succeed } from '../problem.ts';

/** Values of one operator (Access Analyzer quotas, "Values per archive rule filter criteria"). */
export const VALUES_PER_CRITERION = 20;
/** Archive rules of one analyzer by default; AWS raises it to 1,000 on request. */
export const RULES_PER_ANALYZER = 100;

const RULE_NAME = /^[A-Za-z][A-Za-z0-9_.-]*$/;

/** CreateArchiveRule takes a letter, then letters, digits, `_ . -`; 1–255 characters. */
export function checkRuleName(name: string): Problem | undefined {
  if (name === '') return problem('A rule needs a name.');
  if (name.length > 255) return problem(`A rule's name has at most 255 characters, not ${name.length}.`);
  if (!RULE_NAME.test(name))
    return problem('A rule’s name starts with a letter; letters, digits and _ . - may follow.');
  return undefined;
}

const KEYS = CRITERIA_KEYS.map(({ key }) => key);
const LIST_ONLY = new Set(CRITERIA_KEYS.filter(({ use }) => use === 'list').map(({ key }) => key));

/** What the service would refuse in a rule's filter, said before it is sent. Unknown keys are allowed (see unknownKeys). */
export function checkRuleCriteria(criteria: Criteria): Problem | undefined {
  const keys = Object.keys(criteria);
  if (keys.length === 0)
    return problem('A rule without criteria would archive every finding; AWS does not take one.');
  const listOnly = keys.find((key) => LIST_ONLY.has(key));
  if (listOnly !== undefined)
    return problem(`An archive rule cannot look at ${listOnly}: it is for lists only.`);
  for (const [key, criterion] of Object.entries(criteria)) {
    const wrong = checkCriterion(key, criterion);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function checkCriterion(key: string, criterion: Criterion): Problem | undefined {
  const lists = [criterion.eq, criterion.neq, criterion.contains].filter((list) => list !== undefined);
  if (lists.length === 0 && criterion.exists === undefined)
    return problem(`The criterion for ${key} says nothing.`);
  if (lists.some((list) => list.length === 0))
    return problem(`The criterion for ${key} has an empty list of values.`);
  const long = lists.find((list) => list.length > VALUES_PER_CRITERION);
  if (long === undefined) return undefined;
  return problem(
    `The criterion for ${key} has ${long.length} values; a rule takes ${VALUES_PER_CRITERION}.`,
    'Split it into several rules, or use `contains` with what the values have in common.',
  );
}

const problem = (message: string, hint?: string): Problem => ({
  kind: 'invalid',
  message,
  ...(hint === undefined ? {} : { hint }),
});

/** Keys that AWS does not document: allowed, but marked, with the nearest known one in case it is a typing error. */
export function unknownKeys(
  criteria: Criteria,
): readonly { readonly key: string; readonly nearest: string | undefined }[] {
  return Object.keys(criteria)
    .filter((key) => !KEYS.includes(key))
    .map((key) => ({ key, nearest: nearest(key, KEYS) }));
}

/** The rules that together archive what one rule with too many values would; each within the limits. */
export function splitCriteria(criteria: Criteria): Result<readonly Criteria[]> {
  let parts: readonly Criteria[] = [{}];
  for (const [key, criterion] of Object.entries(criteria)) {
    if ((criterion.neq?.length ?? 0) > VALUES_PER_CRITERION) {
      return fail(
        problem(
          `${key} must not equal ${criterion.neq?.length ?? 0} values, which no set of rules with ${VALUES_PER_CRITERION} each can say.`,
        ),
      );
    }
    const pieces = splitCriterion(criterion);
    parts = parts.flatMap((part) => pieces.map((piece) => ({ ...part, [key]: piece })));
  }
  return succeed(parts);
}

function splitCriterion(criterion: Criterion): readonly Criterion[] {
  const { eq, contains } = criterion;
  const byEq = eq === undefined ? [criterion] : chunk(eq).map((values) => ({ ...criterion, eq: values }));
  if (contains === undefined) return byEq;
  return byEq.flatMap((each) => chunk(contains).map((values) => ({ ...each, contains: values })));
}

function chunk(values: readonly string[]): (readonly string[])[] {
  const chunks: (readonly string[])[] = [];
  for (let from = 0; from < values.length; from += VALUES_PER_CRITERION) {
    chunks.push(values.slice(from, from + VALUES_PER_CRITERION));
  }
  return chunks.length === 0 ? [values] : chunks;
}

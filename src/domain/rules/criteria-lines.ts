import type { Criteria, Criterion } from '../archive-rule.ts';
import { CRITERIA_KEYS } from '../criteria.ts';
import { fail, type Result, succeed } from '../problem.ts';
import { formatCriterion } from './criteria-text.ts';

/** Criteria as a person edits them: a line for each key and operator, as `formatCriteria` writes them. */
export const toCriteriaLines = (criteria: Criteria): readonly string[] =>
  Object.entries(criteria).flatMap(([key, criterion]) => formatCriterion(key, criterion));

const OPERATORS = { '=': 'eq', '≠': 'neq', '!=': 'neq', contains: 'contains' } as const;
const LINE = /^(\S+)\s+(=|≠|!=|contains)\s+(.+)$/;
const EXISTS = /^(\S+)\s+(exists|does not exist)$/;

/**
 * `resource contains a | b`, `isPublic = false`, `error does not exist`: the way back. Lines of one key are joined; empty
 * ones are left out. A line that says nothing is named.
 */
export function fromCriteriaLines(lines: readonly string[]): Result<Criteria> {
  const criteria: Record<string, Criterion> = {};
  for (const line of lines.map((each) => each.trim())) {
    if (line === '') continue;
    const read = readLine(line);
    if (read === undefined) {
      const message = `“${line}” is not a criterion.`;
      const hint =
        'Write KEY = VALUE | VALUE, KEY ≠ VALUE, KEY contains TEXT, KEY exists, or KEY does not exist.';
      return fail({ kind: 'invalid', message, hint });
    }
    criteria[read.key] = join(criteria[read.key] ?? {}, read.criterion);
  }
  return succeed(criteria);
}

function readLine(line: string): { readonly key: string; readonly criterion: Criterion } | undefined {
  const exists = EXISTS.exec(line);
  if (exists !== null) return { key: exists[1] ?? '', criterion: { exists: exists[2] === 'exists' } };
  const [, key = '', operator = '', list = ''] = LINE.exec(line) ?? [];
  const values = list
    .split('|')
    .map((value) => value.trim())
    .filter((value) => value !== '');
  if (key === '' || values.length === 0) return undefined;
  return { key, criterion: { [OPERATORS[operator as keyof typeof OPERATORS]]: values } };
}

function join(a: Criterion, b: Criterion): Criterion {
  const lists = (['eq', 'neq', 'contains'] as const).flatMap((name) => {
    const values = [...(a[name] ?? []), ...(b[name] ?? [])];
    return values.length === 0 ? [] : [[name, [...new Set(values)]] as const];
  });
  const exists = b.exists ?? a.exists;
  return { ...Object.fromEntries(lists), ...(exists === undefined ? {} : { exists }) };
}

const KEYS = CRITERIA_KEYS.filter(({ use }) => use === 'list-and-rule');

/** What may stand where a line ends now: keys, then operators, then the values of keys that have a closed set. */
export function completeCriteriaLine(line: string): readonly string[] {
  const [key = '', operator = '', ...rest] = line.trimStart().split(/\s+/);
  if (operator === '' && !/\s$/.test(line))
    return KEYS.map((each) => each.key).filter((each) => each.toLowerCase().startsWith(key.toLowerCase()));
  if (rest.length === 0 && !(operator in OPERATORS))
    return ['=', '≠', 'contains', 'exists']
      .filter((each) => each.startsWith(operator))
      .map((each) => `${key} ${each}`);
  const values = KEYS.find((each) => each.key === key)?.values ?? [];
  const typed = rest.at(-1) ?? '';
  const head = line
    .trimStart()
    .slice(0, line.trimStart().length - typed.length)
    .trimEnd();
  return values
    .filter((value) => value !== typed && value.toLowerCase().startsWith(typed.toLowerCase()))
    .map((value) => `${head} ${value}`);
}

import type { Criteria, Criterion } from '../archive-rule.ts';
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

/** What a line's caret stands in: `text.slice(from, to)` is what a completion replaces. */
export interface CriterionPart {
  readonly part: 'key' | 'operator' | 'value';
  /** '' while the key is typed. */
  readonly key: string;
  /** What was typed of it, up to the caret. */
  readonly typed: string;
  readonly from: number;
  readonly to: number;
  /** Values that the line names already, but for the one at the caret. */
  readonly others: readonly string[];
}

const HEAD = /^\s*(\S+)\s+/;
const OPERATOR = /^(?:=|≠|!=|contains)(?=\s)/;

/** Works on half-written lines too. `caret`: a UTF-16 offset. */
export function criterionAt(text: string, caret: number): CriterionPart {
  const [head, key = ''] = HEAD.exec(text) ?? [];
  if (head === undefined || caret < head.length) {
    const start = text.length - text.trimStart().length;
    const place = { from: start, to: start + (key === '' ? text.trim() : key).length };
    return { part: 'key', key: '', ...typedAt(text, place, caret), others: [] };
  }
  const [operator] = OPERATOR.exec(text.slice(head.length)) ?? [];
  const begin = head.length + (operator?.length ?? 0);
  if (operator === undefined || caret <= begin) {
    const place = { from: head.length, to: operator === undefined ? text.length : begin };
    return { part: 'operator', ...typedAt(text, place, caret), key, others: [] };
  }
  return { part: 'value', key, ...valueAt(text, begin, caret) };
}

interface Place {
  readonly from: number;
  readonly to: number;
}

/** Blanks before the caret belong to no part; a part that the caret stands before begins at the caret. */
function typedAt(text: string, place: Place, caret: number): Pick<CriterionPart, 'typed' | 'from' | 'to'> {
  const from = Math.min(place.from, caret);
  return { typed: text.slice(from, caret).trimEnd(), from, to: Math.max(from, place.to) };
}

/** The value between bars that the caret is in, without the blanks around it. */
function valueAt(text: string, begin: number, caret: number): Omit<CriterionPart, 'part' | 'key'> {
  const others: string[] = [];
  let own: Place = { from: caret, to: caret };
  let start = begin;
  for (const piece of text.slice(begin).split('|')) {
    const from = start + (piece.length - piece.trimStart().length);
    const to = from + piece.trim().length;
    if (caret >= start && caret <= start + piece.length) own = { from, to };
    else if (to > from) others.push(piece.trim());
    start += piece.length + 1;
  }
  return { ...typedAt(text, own, caret), others };
}

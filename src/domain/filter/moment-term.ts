import type { FilterProblem, Span, Term } from './ast.ts';
import type { MomentKey } from './keys.ts';
import { AGE_UNITS, type MomentOperator, type MomentTerm, toAge, toDay } from './moments.ts';
import { type Cell, cellText } from './tokens.ts';

/** `age:>30d`, `updated:>=2026-01-31`, `used:never`. */
type Result = { readonly term: Term } | { readonly problem: FilterProblem };

const isOperator = (text: string): text is MomentOperator => ['>', '>=', '<', '<=', '='].includes(text);

interface Written {
  readonly key: MomentKey;
  readonly op: MomentOperator | undefined;
  readonly text: string;
  readonly span: Span;
}

/** What to write instead, as far as it can be guessed. */
function explain({ key, op, text, span }: Written): FilterProblem {
  const sign = op ?? '>';
  if (text === '') return { message: `An age or a date is missing after ${sign}.`, span };
  if (/^\d+$/.test(text)) {
    return { message: `${text} has no unit. Write ${text}d for days.`, span, suggestion: `${sign}${text}d` };
  }
  const [, minutes] = /^(\d+)m$/i.exec(text) ?? [];
  if (minutes !== undefined) {
    const message = `${text} is not clear: write min for minutes or mo for months.`;
    return { message, span, suggestion: `${sign}${minutes}mo` };
  }
  if (/^\d{4}-/.test(text)) return { message: `${text} is not a date. Write it as 2026-01-31.`, span };
  if (text.toLowerCase() === 'never') {
    const message =
      key === 'used' ? 'never cannot be compared. Write used:never.' : `${key} is never "never".`;
    return { message, span, ...(key === 'used' && { suggestion: 'never' }) };
  }
  const units = AGE_UNITS.join(', ');
  return { message: `${text} is neither an age such as 30d (${units}) nor a date such as 2026-01-31.`, span };
}

function toMoment({ key, op, text }: Written): Pick<MomentTerm, 'op' | 'moment'> | undefined {
  if (key === 'used' && text.toLowerCase() === 'never' && (op ?? '=') === '=')
    return { op: '=', moment: 'never' };
  const at = toDay(text);
  if (at !== undefined) return { op: op ?? '=', moment: { at } };
  const age = toAge(text);
  return age === undefined || op === undefined || op === '=' ? undefined : { op, moment: { age } };
}

/** The one value of a moment key. An age must say older or younger: no two things have the same age. */
export function toMomentTerm(
  key: MomentKey,
  values: readonly { readonly cells: readonly Cell[]; readonly span: Span }[],
  span: Span,
): Result {
  const [value] = values;
  if (value === undefined || values.length > 1) {
    return { problem: { message: `${key} takes one value. Write ${key}:>… ${key}:<… for a range.`, span } };
  }
  const [, sign = '', text = ''] = /^([<>]=?|=)?(.*)$/s.exec(cellText(value.cells)) ?? [];
  const written: Written = { key, op: isOperator(sign) ? sign : undefined, text, span: value.span };
  const moment = toMoment(written);
  if (moment !== undefined) return { term: { kind: 'moment', key, ...moment, span } };
  if (toAge(text) === undefined) return { problem: explain(written) };
  const message = `Say whether ${key} is more or less: >${text} or <${text}.`;
  return { problem: { message, span: value.span, suggestion: `>${text}` } };
}

import type { Expr, Pattern, Term } from './ast.ts';
import { takesFlag } from './keys.ts';
import { formatAge, formatDay, type MomentTerm } from './moments.ts';
import { FLAG_WORDS } from './values.ts';

/** Filters as text: what `parseFilter` reads back as the same tree. */
const escaped = (part: string): string =>
  // An apostrophe inside a word opens no quote.
  part.replace(/[\\"*]|(?<![\p{L}\p{N}])'/gu, '\\$&');
const NEEDS_QUOTES = /[\s(),]/;

/** `extra`: what else cannot stand bare in this place. */
function formatPattern(pattern: Pattern, extra: (text: string) => boolean): string {
  const text = pattern.parts.map(escaped).join('*');
  return text === '' || NEEDS_QUOTES.test(text) || extra(text) ? `"${text}"` : text;
}

/** A word that would be an operator, an exclusion or `key:value`. */
const readsOtherwise = (text: string): boolean =>
  text.startsWith('-') || (text.includes(':') && !/^arn:/i.test(text)) || /^(and|or|not)$/i.test(text);

const isFlagWord = (text: string): boolean => Object.hasOwn(FLAG_WORDS, text.toLowerCase());

function formatMoment({ key, op, moment }: MomentTerm): string {
  if (moment === 'never') return `${key}:never`;
  const sign = op === '=' ? '' : op;
  return 'age' in moment ? `${key}:${op}${formatAge(moment.age)}` : `${key}:${sign}${formatDay(moment.at)}`;
}

function formatTerm(term: Term): string {
  switch (term.kind) {
    case 'word':
      return formatPattern(term.pattern, readsOtherwise);
    case 'flag':
      return `${term.key}:${term.value ? 'yes' : 'no'}`;
    case 'moment':
      return formatMoment(term);
    case 'match': {
      const isMisread = (text: string) => /^[<>]/.test(text) || (takesFlag(term.key) && isFlagWord(text));
      return `${term.key}:${term.values.map((value) => formatPattern(value, isMisread)).join(',')}`;
    }
  }
}

const inGroup = (expr: Expr): string => `(${formatFilter(expr)})`;

/** One operand: `or` and `not` bind weaker than what stands around them, so they are grouped. */
function formatOperand(expr: Expr, within: 'and' | 'or' | 'not'): string {
  if (expr.kind === 'or' || (expr.kind === 'and' && within === 'not')) return inGroup(expr);
  return expr.kind === 'not' && within === 'not' ? inGroup(expr) : formatFilter(expr);
}

/** The filter's text: `parseFilter` makes the same tree of it, spans aside. '' means everything. */
export function formatFilter(expr: Expr): string {
  switch (expr.kind) {
    case 'all':
      return '';
    case 'and':
      return expr.items.map((item) => formatOperand(item, 'and')).join(' ');
    case 'or':
      return expr.items.map((item) => formatOperand(item, 'or')).join(' or ');
    case 'not':
      return `-${formatOperand(expr.item, 'not')}`;
    default:
      return formatTerm(expr);
  }
}

/** A value taken as it is, for a completion: quoted and escaped where the language would read it otherwise. */
export const formatValue = (value: string): string =>
  formatPattern({ parts: [value] }, (text) => /^[<>]/.test(text) || isFlagWord(text));

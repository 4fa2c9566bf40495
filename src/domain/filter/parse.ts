import { cleanText } from '../text.ts';
import type { Expr, FilterProblem, ParsedFilter, Span } from './ast.ts';
import { toTerm } from './terms.ts';
import { cellText, isBare, type Token, toTokens } from './tokens.ts';

/**
 * Grammar: or := and (`or` and)*; and := unary (`and`? unary)*; unary := (`-` | `not`) unary | `(` or `)` | word.
 * Groups that say nothing are taken out: `(a b) c` is one `and` of three.
 */
const DEEPEST = 100;

/** Unwinds the descent; it never leaves this file. */
class Rejection extends Error {
  readonly problem: FilterProblem;

  constructor(message: string, span: Span, suggestion?: string) {
    super(message);
    this.problem = { message, span, ...(suggestion === undefined ? {} : { suggestion }) };
  }
}

type WordToken = Extract<Token, { readonly kind: 'word' }>;
const RESERVED = ['and', 'or', 'not'] as const;
type Reserved = (typeof RESERVED)[number];

function reservedWord(token: Token | undefined): Reserved | undefined {
  if (token?.kind !== 'word' || !token.cells.every(isBare)) return undefined;
  const text = cellText(token.cells).toLowerCase();
  return RESERVED.find((word) => word === text);
}

/** `and` of `and`s and `or` of `or`s are one. */
function joined(kind: 'and' | 'or', items: readonly Expr[], span: Span): Expr {
  const [only] = items;
  if (only !== undefined && items.length === 1) return only;
  return { kind, items: items.flatMap((item) => (item.kind === kind ? item.items : [item])), span };
}

class Descent {
  private readonly tokens: readonly Token[];
  private next = 0;
  private depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  whole(): Expr {
    const expr = this.or(undefined);
    const rest = this.tokens[this.next];
    if (rest !== undefined) throw new Rejection('This ) has no ( before it.', rest.span);
    return expr;
  }

  /** `after`: what an operand is wanted by, for the message when there is none. */
  private or(after: Token | undefined): Expr {
    const start = this.next;
    const items = [this.and(after)];
    for (let token = this.tokens[this.next]; reservedWord(token) === 'or'; token = this.tokens[this.next]) {
      this.next++;
      items.push(this.and(token));
    }
    return joined('or', items, this.spanFrom(start));
  }

  private and(after: Token | undefined): Expr {
    const start = this.next;
    const items = [this.unary(after)];
    for (;;) {
      const token = this.tokens[this.next];
      if (token === undefined || token.kind === 'close' || reservedWord(token) === 'or') break;
      const isAnd = reservedWord(token) === 'and';
      if (isAnd) this.next++;
      items.push(this.unary(isAnd ? token : undefined));
    }
    return joined('and', items, this.spanFrom(start));
  }

  private unary(after: Token | undefined): Expr {
    const token = this.tokens[this.next];
    const reserved = reservedWord(token);
    if (token === undefined || token.kind === 'close' || reserved === 'and' || reserved === 'or') {
      throw missingOperand(after, token);
    }
    if (token.kind === 'minus' || reserved === 'not') return this.negated(token);
    return token.kind === 'open' ? this.group(token) : this.term(token as WordToken);
  }

  private negated(token: Token): Expr {
    const start = this.next;
    this.next++;
    const following = this.tokens[this.next];
    if (token.kind === 'minus' && following !== undefined && following.span.start !== token.span.end) {
      throw new Rejection('A - stands right before what it excludes, without a space.', token.span);
    }
    const item = this.deeper(token, () => this.unary(token));
    return { kind: 'not', item, span: this.spanFrom(start) };
  }

  private group(open: Token): Expr {
    this.next++;
    const expr = this.deeper(open, () => this.or(open));
    if (this.tokens[this.next]?.kind !== 'close') throw new Rejection('This ( is not closed.', open.span);
    this.next++;
    return expr;
  }

  private term(token: WordToken): Expr {
    this.next++;
    const result = toTerm(token.cells, token.span);
    if ('term' in result) return result.term;
    const { message, span, suggestion } = result.problem;
    throw new Rejection(message, span, suggestion);
  }

  private deeper(token: Token, parse: () => Expr): Expr {
    this.depth++;
    if (this.depth > DEEPEST) throw new Rejection(`This is nested more than ${DEEPEST} deep.`, token.span);
    const expr = parse();
    this.depth--;
    return expr;
  }

  private spanFrom(first: number): Span {
    const start = this.tokens[first]?.span.start ?? 0;
    return { start, end: this.tokens[this.next - 1]?.span.end ?? start };
  }
}

const QUOTE_HINT = 'To search for the word, quote it.';

/** An operand was wanted by `after` (or by the start of the filter), and `found` (or the end) stands there. */
function missingOperand(after: Token | undefined, found: Token | undefined): Rejection {
  if (after?.kind === 'open') return missingInGroup(after.span, found);
  if (after !== undefined) {
    const word = reservedWord(after);
    return new Rejection(
      word ? `Nothing follows "${word}". ${QUOTE_HINT}` : 'Nothing follows "-".',
      after.span,
    );
  }
  const span = found?.span ?? { start: 0, end: 0 };
  const word = reservedWord(found);
  return new Rejection(
    word ? `Nothing stands before "${word}". ${QUOTE_HINT}` : 'This ) has no ( before it.',
    span,
  );
}

function missingInGroup(open: Span, found: Token | undefined): Rejection {
  if (found === undefined) return new Rejection('This ( is not closed.', open);
  const word = reservedWord(found);
  if (word !== undefined) return new Rejection(`Nothing stands before "${word}". ${QUOTE_HINT}`, found.span);
  return new Rejection('There is nothing between the parentheses.', {
    start: open.start,
    end: found.span.end,
  });
}

/** The message repeats what was typed or pasted, so it is cleaned; spans and suggestions stay exact. */
const rejected = (problem: FilterProblem): ParsedFilter => ({
  ok: false,
  problem: { ...problem, message: cleanText(problem.message) },
});

/** Reads a filter. Never throws; the span of a problem lies within the text. Blank text means everything. */
export function parseFilter(text: string): ParsedFilter {
  const { tokens, problem } = toTokens(text);
  if (problem !== undefined) return rejected(problem);
  if (tokens.length === 0) return { ok: true, expr: { kind: 'all' } };
  try {
    return { ok: true, expr: new Descent(tokens).whole() };
  } catch (thrown) {
    if (thrown instanceof Rejection) return rejected(thrown.problem);
    throw thrown;
  }
}

import type { FilterProblem, Span } from './ast.ts';

/** One character of a word, with what quotes and backslashes made of it. Offsets are UTF-16 units of the text. */
export interface Cell {
  readonly character: string;
  readonly at: number;
  /** Inside quotes: a space, comma, colon or parenthesis is then just itself; `*` stays a wildcard. */
  readonly quoted: boolean;
  /** After a backslash: just itself, `*` too. */
  readonly escaped: boolean;
}

export type Token =
  | { readonly kind: 'open' | 'close' | 'minus'; readonly span: Span }
  | { readonly kind: 'word'; readonly cells: readonly Cell[]; readonly span: Span };

export interface Tokens {
  readonly tokens: readonly Token[];
  /** An open quote or a backslash at the end; the tokens are then those of the text as if it had been closed. */
  readonly problem: FilterProblem | undefined;
}

const isSpace = (character: string): boolean =>
  character === ' ' || (!(character > ' ' && character < '\x7f') && /\s/.test(character));

/** `'` is an apostrophe (`o'neil`) unless a word or a value begins with it; `"` always quotes. */
const opensQuote = (text: string, at: number, start: number): boolean =>
  text[at] === '"' || (text[at] === "'" && (at === start || /[:,*=<>"']/.test(text[at - 1] ?? '')));

interface Word {
  readonly cells: readonly Cell[];
  readonly end: number;
  readonly problem: FilterProblem | undefined;
}

function scanWord(text: string, start: number): Word {
  const cells: Cell[] = [];
  let quote: { readonly mark: string; readonly at: number } | undefined;
  let at = start;
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') {
      if (at + 1 === text.length) {
        const problem = { message: 'A \\ at the end escapes nothing.', span: { start: at, end: at + 1 } };
        return { cells, end: text.length, problem };
      }
      at++;
      cells.push({ character: text.charAt(at), at, quoted: quote !== undefined, escaped: true });
    } else if (quote !== undefined) {
      if (character === quote.mark) quote = undefined;
      else cells.push({ character, at, quoted: true, escaped: false });
    } else if (opensQuote(text, at, start)) {
      quote = { mark: character, at };
    } else if (isSpace(character) || character === '(' || character === ')') {
      break;
    } else {
      cells.push({ character, at, quoted: false, escaped: false });
    }
  }
  return { cells, end: at, problem: quote && unclosed(quote, text.length) };
}

const unclosed = (quote: { readonly mark: string; readonly at: number }, end: number): FilterProblem => ({
  message: `The quote ${quote.mark} is not closed.`,
  span: { start: quote.at, end },
});

const MARKS: Readonly<Record<string, 'open' | 'close' | 'minus'>> = {
  '(': 'open',
  ')': 'close',
  '-': 'minus',
};

/** Cuts a filter's text into words, parentheses and minus signs. Never fails; what is wrong is told beside. */
export function toTokens(text: string): Tokens {
  const tokens: Token[] = [];
  let problem: FilterProblem | undefined;
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    const mark = MARKS[character];
    if (isSpace(character)) {
      at++;
    } else if (mark !== undefined) {
      tokens.push({ kind: mark, span: { start: at, end: at + 1 } });
      at++;
    } else {
      const word = scanWord(text, at);
      tokens.push({ kind: 'word', cells: word.cells, span: { start: at, end: word.end } });
      problem ??= word.problem;
      at = word.end;
    }
  }
  return { tokens, problem };
}

export const cellText = (cells: readonly Cell[]): string => cells.map(({ character }) => character).join('');

/** Neither quoted nor escaped: it may mean something to the language. */
export const isBare = (cell: Cell): boolean => !cell.quoted && !cell.escaped;

/** Index of the first bare `character`, or -1. */
export const bareIndex = (cells: readonly Cell[], character: string): number =>
  cells.findIndex((cell) => cell.character === character && isBare(cell));

/** The parts between bare commas, with the offsets they stand at; at least one, empty ones included. */
export function splitAtCommas(cells: readonly Cell[], span: Span): { cells: readonly Cell[]; span: Span }[] {
  const parts: { cells: Cell[]; span: { start: number; end: number } }[] = [];
  let part = { cells: [] as Cell[], span: { ...span } };
  for (const cell of cells) {
    if (cell.character === ',' && isBare(cell)) {
      part.span.end = cell.at;
      parts.push(part);
      part = { cells: [], span: { start: cell.at + 1, end: span.end } };
    } else {
      part.cells.push(cell);
    }
  }
  return [...parts, part];
}

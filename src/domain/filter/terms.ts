import { nearest } from '../nearest.ts';
import { kindOf, RESOURCE_KINDS } from '../resource-kind.ts';
import { FINDING_STATUSES, FINDING_TYPES } from '../finding.ts';
import {
  FILTER_KEYS,
  type FilterKey,
  type FilterProblem,
  type Pattern,
  type Span,
  type Term,
} from './ast.ts';
import { isFilterKey, isFlagOnly, isMomentKey, takesFlag } from './keys.ts';
import { toMomentTerm } from './moment-term.ts';
import { isLiteral } from './patterns.ts';
import { bareIndex, type Cell, cellText, isBare, splitAtCommas } from './tokens.ts';
import { FLAG_WORDS, namesOfType, resourceTypesMatching, statusesMatching, typesMatching } from './values.ts';

/** One word of a filter: a bare word or `key:value,value`. */
export type TermResult = { readonly term: Term } | { readonly problem: FilterProblem };

interface Value {
  readonly cells: readonly Cell[];
  readonly span: Span;
}

const wrong = (message: string, span: Span, suggestion?: string): { problem: FilterProblem } => ({
  problem: { message, span, ...(suggestion === undefined ? {} : { suggestion }) },
});

/** Wildcards are the `*`s that no backslash escapes; runs of them are one. */
function toValuePattern(cells: readonly Cell[]): Pattern {
  const parts = [''];
  cells.forEach(({ character, escaped }, index) => {
    const previous = cells[index - 1];
    if (character !== '*' || escaped) parts[parts.length - 1] += character;
    else if (!(previous?.character === '*' && !previous.escaped)) parts.push('');
  });
  return { parts };
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

function unknownKey(keyText: string, cells: readonly Cell[], span: Span): TermResult {
  const keySpan = { start: span.start, end: span.start + keyText.length };
  const meant = nearest(keyText, FILTER_KEYS);
  if (meant !== undefined) {
    return wrong(`There is no key ${keyText}. Did you mean ${meant}?`, keySpan, meant);
  }
  const asText = quoted(cellText(cells));
  return wrong(`There is no key ${keyText}. To search for the text itself, write ${asText}.`, span, asText);
}

/** A wrong value of a closed set, with the nearest right one. */
function unknownValue(key: FilterKey, value: Value, allowed: readonly string[], names = allowed): TermResult {
  const text = cellText(value.cells);
  const meant = nearest(text, names);
  const hint = meant === undefined ? `It can be ${allowed.join(', ')}.` : `Did you mean ${meant}?`;
  return wrong(`${text} is not a value of ${key}. ${hint}`, value.span, meant);
}

const lowerCased = (values: readonly string[]): string[] => values.map((value) => value.toLowerCase());

function checkType(value: Value, pattern: Pattern): TermResult | undefined {
  if (typesMatching(pattern).length > 0) return undefined;
  if (cellText(value.cells).toLowerCase() === 'public') {
    return wrong('public is not a type of finding. Write public:yes instead.', value.span);
  }
  const labels = [...new Set(FINDING_TYPES.flatMap((type) => namesOfType(type).slice(1, 2)))];
  return unknownValue('type', value, labels, [...labels, ...FINDING_TYPES.flatMap(namesOfType)]);
}

/** AWS adds resource types: only a plain word that is none of the short labels is surely wrong. */
function checkKind(value: Value, pattern: Pattern): TermResult | undefined {
  const isOpen = !isLiteral(pattern) || cellText(value.cells).includes(':');
  if (isOpen || resourceTypesMatching(pattern).length > 0) return undefined;
  const kinds = RESOURCE_KINDS.map(({ kind }) => kind);
  const names = RESOURCE_KINDS.flatMap(({ resourceType, aliases }) => [kindOf(resourceType), ...aliases]);
  return unknownValue('kind', value, kinds, names);
}

function checkValue(key: FilterKey, value: Value, pattern: Pattern): TermResult | undefined {
  const first = value.cells[0];
  if (first !== undefined && isBare(first) && /[<>]/.test(first.character)) {
    return wrong(`${key} cannot be compared: only age, updated and used can.`, value.span);
  }
  if (key === 'type') return checkType(value, pattern);
  if (key === 'kind') return checkKind(value, pattern);
  if (key !== 'status' || statusesMatching(pattern).length > 0) return undefined;
  return unknownValue(key, value, lowerCased(FINDING_STATUSES));
}

const flagOf = (value: Value): boolean | undefined => {
  const word = cellText(value.cells).toLowerCase();
  return value.cells.every(isBare) && Object.hasOwn(FLAG_WORDS, word) ? FLAG_WORDS[word] : undefined;
};

function toFlagTerm(key: FilterKey, values: readonly Value[], span: Span): TermResult | undefined {
  const flags = values.map(flagOf);
  const [flag] = flags;
  if (flags.length === 1 && flag !== undefined) return { term: { kind: 'flag', key, value: flag, span } };
  const bad = values[Math.max(0, flags.indexOf(undefined))];
  if (!isFlagOnly(key)) {
    const mixed = values.find((_, index) => flags[index] !== undefined);
    return (
      mixed &&
      wrong(`${key} takes yes, no or values, not both. Quote a value that reads yes or no.`, mixed.span)
    );
  }
  if (flags.length > 1 || bad === undefined)
    return wrong(`${key} takes one value: yes or no.`, span, `${key}:yes`);
  const meant = nearest(cellText(bad.cells), Object.keys(FLAG_WORDS));
  return wrong(`${key} is yes or no.`, bad.span, meant);
}

function toMatchTerm(key: FilterKey, values: readonly Value[], span: Span): TermResult {
  const patterns = values.map((value) => toValuePattern(value.cells));
  for (const [index, value] of values.entries()) {
    const pattern = patterns[index];
    const problem = pattern && checkValue(key, value, pattern);
    if (problem !== undefined) return problem;
  }
  return { term: { kind: 'match', key, values: patterns, span } };
}

function toKeyTerm(key: FilterKey, cells: readonly Cell[], span: Span): TermResult {
  const colon = bareIndex(cells, ':');
  const from = (cells[colon]?.at ?? span.start) + 1;
  const values = splitAtCommas(cells.slice(colon + 1), { start: from, end: span.end });
  const empty = values.find((value) => value.cells.length === 0);
  if (empty !== undefined) {
    const where = values.length === 1 ? span : { start: empty.span.start - 1, end: empty.span.end };
    return wrong(values.length === 1 ? `${key} has no value.` : `A value of ${key} is empty.`, where);
  }
  if (isMomentKey(key)) return toMomentTerm(key, values, span);
  const flag = takesFlag(key) ? toFlagTerm(key, values, span) : undefined;
  return flag ?? toMatchTerm(key, values, span);
}

/**
 * The meaning of one word. `arn:…` is a bare word, because that is what people paste; any other text before a bare
 * colon must be a key.
 */
export function toTerm(cells: readonly Cell[], span: Span): TermResult {
  if (cells.length === 0) return wrong('There is nothing between the quotes.', span);
  const colon = bareIndex(cells, ':');
  const keyCells = cells.slice(0, Math.max(0, colon));
  const keyText = cellText(keyCells).toLowerCase();
  const isWord = colon < 0 || !keyCells.every(isBare) || keyText === 'arn';
  if (isWord) return { term: { kind: 'word', pattern: toValuePattern(cells), span } };
  if (colon === 0)
    return wrong('A key is missing before the colon.', { start: span.start, end: span.start + 1 });
  return isFilterKey(keyText) ? toKeyTerm(keyText, cells, span) : unknownKey(keyText, cells, span);
}

import type { Criteria } from '../archive-rule.ts';
import { type FindingType, TYPE_LABELS } from '../finding.ts';
import { kindOf } from '../resource-kind.ts';
import { commonNamePart } from './common-name.ts';

/** Long enough to say it, short enough for a column. */
const LONGEST = 64;

/**
 * A name that says what the rule archives ("s3-ext-data-for-444455556666"), allowed by the service and not among those
 * that are taken.
 */
export function proposeRuleName(criteria: Criteria, taken: Iterable<string> = []): string {
  const words = [...subjectWords(criteria), ...principalWords(criteria), ...conditionWords(criteria)];
  const name = toName(words.length === 0 ? ['archive'] : words);
  const used = new Set(taken);
  if (!used.has(name)) return name;
  for (let number = 2; ; number += 1) if (!used.has(`${name}-${number}`)) return `${name}-${number}`;
}

function subjectWords(criteria: Criteria): string[] {
  const types = criteria['findingType']?.eq?.map((type) => TYPE_LABELS[type as FindingType] ?? type) ?? [];
  const kinds = criteria['resourceType']?.eq?.map(kindOf) ?? [];
  const { eq = [], contains = [] } = criteria['resource'] ?? {};
  const errors = criteria['error']?.eq ?? [];
  return [
    ...few(types),
    ...few(kinds),
    ...resourceWords([...eq, ...contains]),
    ...few(errors.map((error) => error.toLowerCase())),
  ];
}

/** Many that are named alike go by what they share. */
function resourceWords(resources: readonly string[]): string[] {
  const shared = resources.length > 2 ? commonNamePart(resources) : undefined;
  return shared === undefined ? few(resources.map(lastName)) : [lastName(shared)];
}

function principalWords(criteria: Criteria): string[] {
  const values = Object.entries(criteria).flatMap(([key, { eq = [], contains = [] }]) =>
    key.startsWith('principal.') ? [...eq, ...contains].map(accountOrName) : [],
  );
  return values.length === 0 ? [] : ['for', ...few([...new Set(values)])];
}

function conditionWords(criteria: Criteria): string[] {
  const keys = Object.keys(criteria).filter((key) => key.startsWith('condition.'));
  return keys.length === 0 ? [] : ['by', ...few(keys.map(lastName))];
}

/** One or two are named, more are counted. */
const few = (values: readonly string[]): string[] =>
  values.length <= 2 ? [...values] : [values[0] ?? '', `and-${values.length - 1}-more`];

const lastName = (text: string): string => text.split(/[/:]/).filter(Boolean).at(-1) ?? text;

const accountOrName = (principal: string): string =>
  principal === '*' ? 'everyone' : (/\b\d{12}\b/.exec(principal)?.[0] ?? lastName(principal));

function toName(words: readonly string[]): string {
  const whole = words
    .join('-')
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/-{2,}/g, '-');
  const text = cutAtWord(whole).replace(/^[-_.]+|[-_.]+$/g, '');
  return /^[A-Za-z]/.test(text) ? text : `archive-${text}`.replace(/-$/, '');
}

/** Half a word says nothing; a word that is too long by itself is cut all the same. */
const cutAtWord = (text: string): string =>
  text.length <= LONGEST ? text : text.slice(0, LONGEST).replace(/(?<=.{20})-[^-]*$/, '');

import type { Criterion } from '../archive-rule.ts';
import { CRITERIA_KEYS } from '../criteria.ts';
import { FINDING_STATUSES, FINDING_TYPES } from '../finding.ts';
import type { FilterKey, Pattern, Term } from './ast.ts';
import { isLiteral, matchesPattern } from './patterns.ts';
import { resourceTypesMatching, statusesMatching, typesMatching } from './values.ts';

/** A term of a filter as a criterion. */
export interface Said {
  readonly key: string;
  readonly criterion: Criterion;
  /** The criterion means more than the term, and how. */
  readonly wider?: string;
}

/** Or why there is none. */
export type Saying = Said | { readonly why: string };

export type CriteriaPurpose = 'list' | 'rule';

type MatchTerm = Extract<Term, { readonly kind: 'match' }>;

/** Why there is no criterion for a key at all. */
const UNSAYABLE: Partial<Readonly<Record<FilterKey, string>>> = {
  region: 'an analyzer works in one Region: choose the analyzers of the Region instead',
  analyzer: 'criteria belong to one analyzer: choose the analyzer instead',
  profile: 'criteria belong to one analyzer: choose the analyzer instead',
  action: 'Access Analyzer has no criterion for actions',
  age: 'Access Analyzer has no criterion for times',
  updated: 'Access Analyzer has no criterion for times',
  used: 'Access Analyzer has no criterion for times',
  new: 'only this program knows when it first saw a finding',
  marked: 'marks are known to the console only',
  rule: 'only this program knows which rules hide a finding',
  note: 'notes are kept by this program only',
  owner: 'owners are kept by this program only',
};

const IN_RULES: Partial<Readonly<Record<FilterKey, string>>> = {
  status: 'a rule looks at new findings only, and these are always active',
  id: 'a rule looks at new findings only, whose ids are not known before',
};

/** Closed sets: an exclusion is said by naming the rest, which means the same whatever `neq` does with several values. */
function closedSet<T extends string>(
  key: string,
  all: readonly T[],
  meant: ReadonlySet<T>,
  negated: boolean,
): Saying {
  const eq = all.filter((value) => meant.has(value) !== negated);
  return eq.length === 0 ? { why: 'no finding is like that' } : { key, criterion: { eq } };
}

/** The set of resource types is open: what is not in the table is taken as AWS's own name. */
function kindSaying(values: readonly Pattern[], negated: boolean): Saying {
  const types = canonical(values, resourceTypesMatching);
  if (types.length === 0) return { why: 'no resource type that is known here is like that' };
  return { key: 'resourceType', criterion: negated ? { neq: types } : { eq: types } };
}

/** Known values in their own spelling; a literal that is not known stays as it was typed. */
const canonical = (values: readonly Pattern[], known: (pattern: Pattern) => readonly string[]): string[] => [
  ...new Set(
    values.flatMap((pattern) => {
      const found = known(pattern);
      return found.length === 0 && isLiteral(pattern) ? pattern.parts : found;
    }),
  ),
];

const ERRORS = CRITERIA_KEYS.find(({ key }) => key === 'error')?.values ?? [];

function errorSaying(values: readonly Pattern[], negated: boolean): Saying {
  const codes = canonical(values, (pattern) => ERRORS.filter((code) => matchesPattern(pattern, code)));
  if (codes.length === 0) return { why: 'no error that is known here is like that' };
  return { key: 'error', criterion: negated ? { neq: codes } : { eq: codes } };
}

/** `id:` also finds the id of a row, which is this program's own. */
function idSaying(values: readonly Pattern[], negated: boolean): Saying {
  const isRow = values.some((value) => isLiteral(value) && /^[0-9a-f]{16}$/i.test(value.parts[0] ?? ''));
  if (isRow) return { why: 'that is the id of a row, which this program gave it' };
  return valueSaying(
    'id',
    values.map((value) => reachOf(value, always)),
    negated,
  );
}

/** How far one value reaches in the criterion that it becomes. */
interface Reach {
  readonly text: string;
  readonly how: 'eq' | 'contains' | 'wider' | 'exists' | 'none';
}

const startsWhole = (text: string): boolean => /^arn:[^:]+:/i.test(text);

/** `isWhole`: whether a literal must be the whole value, not also the end of it. */
function reachOf(pattern: Pattern, isWhole: (text: string) => boolean): Reach {
  const { parts } = pattern;
  const [first = ''] = parts;
  if (isLiteral(pattern)) return { text: first, how: isWhole(first) ? 'eq' : 'wider' };
  const [text = '', ...more] = parts.filter((part) => part !== '');
  if (text === '') return { text, how: 'exists' };
  if (more.length > 0) return { text, how: 'none' };
  const isAnywhere = first === '' && parts.at(-1) === '';
  // An ARN begins with `arn:` and holds it nowhere else, so there "begins with" is "contains".
  return { text, how: isAnywhere || startsWhole(first) ? 'contains' : 'wider' };
}

const WIDER = 'it also means values that hold the text at another place';

function valueSaying(key: string, reaches: readonly Reach[], negated: boolean): Saying {
  const texts = [...new Set(reaches.map(({ text }) => text))];
  const hows = new Set(reaches.map(({ how }) => how));
  if (hows.has('none')) return { why: 'a criterion cannot hold a * between two texts' };
  if (hows.has('exists')) return { key, criterion: { exists: !negated } };
  if (hows.size === 1 && hows.has('eq')) return { key, criterion: negated ? { neq: texts } : { eq: texts } };
  if (negated) return { why: 'a criterion can exclude whole values only, not parts of them' };
  const isWider = hows.has('wider') || hows.has('eq');
  return { key, criterion: { contains: texts }, ...(isWider && { wider: WIDER }) };
}

const always = () => true;

function accountSaying(values: readonly Pattern[], negated: boolean): Saying {
  const isId = values.every(({ parts }) => parts.every((part) => /^\d*$/.test(part)));
  if (!isId) return { why: 'Access Analyzer knows accounts by id, not by name' };
  return valueSaying(
    'resourceOwnerAccount',
    values.map((value) => reachOf(value, always)),
    negated,
  );
}

const CANONICAL_USER = /^[0-9a-f]{64}$/i;
const isAccount = (text: string): boolean => /^\d{12}$/.test(text);

function principalKey({ parts }: Pattern): string {
  const text = parts.join('');
  if (CANONICAL_USER.test(text)) return 'principal.CanonicalUser';
  const isProvider = /:(saml|oidc)-provider\//.test(text) || (!startsWhole(text) && text.includes('.'));
  return isProvider ? 'principal.Federated' : 'principal.AWS';
}

/** An account stands for itself and for everything in it, so its id may be anywhere in the principal. */
function principalReach(pattern: Pattern): Reach {
  const [text = ''] = pattern.parts;
  if (!isLiteral(pattern)) return reachOf(pattern, always);
  if (text === 'everyone') return { text: '*', how: 'eq' };
  return isAccount(text)
    ? { text, how: 'contains' }
    : reachOf(pattern, (value) => value === '*' || !/^[a-z0-9/]+$/i.test(value));
}

function principalSaying(values: readonly Pattern[], negated: boolean): Saying {
  const keys = [...new Set(values.map(principalKey))];
  const [key] = keys;
  if (key === undefined || keys.length > 1) {
    return { why: 'principals of several kinds are several keys, and keys can only be joined by AND' };
  }
  if (values.some(({ parts }) => parts.every((part) => part === ''))) {
    return { why: 'each kind of principal is a key of its own: there is none for any principal' };
  }
  return valueSaying(key, values.map(principalReach), negated);
}

const CONDITION_KEYS = CRITERIA_KEYS.map(({ key }) => key).filter((key) => key.startsWith('condition.'));

/** `condition:aws:SourceVpce` asks whether the key is there, `condition:aws:SourceVpce=vpce-1` for its value. */
function conditionSaying(values: readonly Pattern[], negated: boolean): Saying {
  const split = values.map(({ parts }) => {
    const [first = '', ...rest] = parts;
    const equals = first.indexOf('=');
    const name = equals < 0 ? first : first.slice(0, equals);
    const value = equals < 0 ? undefined : { parts: [first.slice(equals + 1), ...rest] };
    return { name, value, isNamed: equals >= 0 || rest.length === 0 };
  });
  const [one] = split;
  const key = CONDITION_KEYS.find(
    (known) => known.toLowerCase() === `condition.${one?.name.toLowerCase() ?? ''}`,
  );
  const sameKey = split.every(
    ({ name, isNamed }) => isNamed && name.toLowerCase() === one?.name.toLowerCase(),
  );
  if (key === undefined || !sameKey) {
    return { why: 'a criterion names one condition key, as in condition:aws:SourceVpce=vpce-1' };
  }
  const patterns = split.map(({ value }) => value);
  if (patterns.some((pattern) => pattern === undefined)) return { key, criterion: { exists: !negated } };
  const reaches = patterns.flatMap((pattern) => (pattern === undefined ? [] : [reachOf(pattern, always)]));
  return valueSaying(key, reaches, negated);
}

function matchSaying({ key, values }: MatchTerm, negated: boolean): Saying {
  switch (key) {
    case 'status':
      return closedSet('status', FINDING_STATUSES, new Set(values.flatMap(statusesMatching)), negated);
    case 'type':
      return closedSet('findingType', FINDING_TYPES, new Set(values.flatMap(typesMatching)), negated);
    case 'kind':
      return kindSaying(values, negated);
    case 'account':
      return accountSaying(values, negated);
    case 'principal':
      return principalSaying(values, negated);
    case 'condition':
      return conditionSaying(values, negated);
    case 'resource':
      return valueSaying(
        'resource',
        values.map((value) => reachOf(value, startsWhole)),
        negated,
      );
    case 'error':
      return errorSaying(values, negated);
    case 'id':
      return idSaying(values, negated);
    default:
      return { why: UNSAYABLE[key] ?? 'Access Analyzer has no criterion for it' };
  }
}

/** One term, or its exclusion, as a criterion. */
export function toSaying(term: Term, negated: boolean, purpose: CriteriaPurpose): Saying {
  if (term.kind === 'word') return { why: 'a bare word searches all text, and a criterion looks at one key' };
  const why = UNSAYABLE[term.key] ?? (purpose === 'rule' ? IN_RULES[term.key] : undefined);
  if (why !== undefined) return { why };
  if (term.kind === 'match') return matchSaying(term, negated);
  if (term.kind === 'flag' && term.key === 'public') {
    return { key: 'isPublic', criterion: { eq: [String(term.value !== negated)] } };
  }
  if (term.kind === 'flag' && term.key === 'error')
    return { key: 'error', criterion: { exists: term.value !== negated } };
  return { why: 'Access Analyzer has no criterion for it' };
}

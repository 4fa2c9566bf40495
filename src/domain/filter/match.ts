import { accountIn } from '../arn.ts';
import type { Decision } from '../decision.ts';
import { type Finding, TYPE_LABELS } from '../finding.ts';
import type { StoredFinding } from '../listing.ts';
import { kindOf, namesOfKind } from '../resource-kind.ts';
import { lastUsed } from '../usage.ts';
import type { Expr, FilterContext, FilterKey, Pattern, Term } from './ast.ts';
import { matchesMoment, type MomentTerm } from './moments.ts';
import { anywhere, isLiteral, matchesFromBoundary, matchesPattern } from './patterns.ts';
import { namesOfType } from './values.ts';

/**
 * What a filter means. This is the reference: SQL and criteria must agree with it.
 */
export interface MatchFacts extends StoredFinding {
  readonly analyzerName: string;
  /** Where the account's name is known. */
  readonly accountName?: string;
  /** Names of the archive rules that hide the finding. */
  readonly ruleNames?: readonly string[];
  readonly decision?: Decision;
  /** `searchTextOf` the finding. */
  readonly text: string;
}

const present = (values: readonly (string | undefined)[]): string[] =>
  values.filter((value) => value !== undefined && value !== '') as string[];

/** What `principal:` finds: each value, its account, and `everyone` for `*`. */
export function principalNames(principal: Finding['principal']): readonly string[] {
  return Object.values(principal ?? {}).flatMap((value) =>
    value === '*' ? ['*', 'everyone'] : present([value, accountIn(value)]),
  );
}

/** What `condition:` finds: the key, the value, and `key=value`. */
export const conditionNames = (condition: Finding['condition']): readonly string[] =>
  Object.entries(condition ?? {}).flatMap(([key, value]) => [key, value, `${key}=${value}`]);

const noteTexts = (decision: Decision | undefined): string[] =>
  present([decision?.reason, decision?.ticket, decision?.note]);

/** What a pattern is held against. `whole`: the value; `boundary`: also its rest after each `/` or `:`; `anywhere`: every part. */
export type MatchMode = 'whole' | 'boundary' | 'anywhere';
type ValueKey = Exclude<FilterKey, 'public' | 'age' | 'updated' | 'used' | 'new' | 'marked'>;

interface Field {
  readonly mode: MatchMode;
  readonly values: (facts: MatchFacts) => readonly string[];
}

/** The values that each key looks at; one that matches is enough. */
export const FIELDS: Readonly<Record<ValueKey, Field>> = {
  status: { mode: 'whole', values: (facts) => [facts.status] },
  type: { mode: 'whole', values: (facts) => namesOfType(facts.findingType) },
  kind: { mode: 'whole', values: (facts) => namesOfKind(facts.resourceType) },
  resource: { mode: 'boundary', values: (facts) => [facts.resource] },
  account: { mode: 'whole', values: (facts) => present([facts.resourceOwnerAccount, facts.accountName]) },
  region: { mode: 'whole', values: (facts) => [facts.region] },
  analyzer: { mode: 'boundary', values: (facts) => [facts.analyzerArn, facts.analyzerName] },
  profile: { mode: 'whole', values: (facts) => [facts.profile] },
  principal: { mode: 'boundary', values: (facts) => principalNames(facts.principal) },
  action: { mode: 'boundary', values: (facts) => facts.action ?? [] },
  condition: { mode: 'boundary', values: (facts) => conditionNames(facts.condition) },
  error: { mode: 'whole', values: (facts) => present([facts.error]) },
  rule: { mode: 'whole', values: (facts) => facts.ruleNames ?? [] },
  note: { mode: 'anywhere', values: (facts) => noteTexts(facts.decision) },
  owner: { mode: 'whole', values: (facts) => present([facts.decision?.owner]) },
  id: { mode: 'whole', values: (facts) => [facts.id, facts.exposureId] },
};

const isValueKey = (key: FilterKey): key is ValueKey => Object.hasOwn(FIELDS, key);

function matchesValue(pattern: Pattern, value: string, mode: MatchMode): boolean {
  if (mode === 'boundary') return matchesFromBoundary(pattern, value);
  return matchesPattern(mode === 'anywhere' ? anywhere(pattern) : pattern, value);
}

function matchesValues(key: FilterKey, patterns: readonly Pattern[], facts: MatchFacts): boolean {
  if (!isValueKey(key)) return false;
  const { mode, values } = FIELDS[key];
  return values(facts).some((value) => patterns.some((pattern) => matchesValue(pattern, value, mode)));
}

/** Whether what a flag asks about is there: the key's own flag, or any value of it. */
function isThere(key: FilterKey, facts: MatchFacts, context: FilterContext): boolean {
  switch (key) {
    case 'public':
      return facts.isPublic === true;
    case 'new':
      return facts.firstSeenAt > context.lastVisitAt;
    case 'marked':
      return context.marked.has(facts.exposureId);
    default:
      return isValueKey(key) && FIELDS[key].values(facts).length > 0;
  }
}

const timeOf = (key: MomentTerm['key'], facts: MatchFacts): number | 'never' | undefined => {
  if (key === 'age') return facts.createdAt;
  return key === 'updated' ? facts.updatedAt : lastUsed(facts.detail);
};

/** Ids are random: fewer characters of one would match by chance (four hexadecimal digits, one id in 2,000). */
export const ID_WORD_LENGTH = 8;

/** Whether a bare word is the beginning of an id, as it is pasted whole or cut short. */
function beginsId(pattern: Pattern, id: string): boolean {
  const word = isLiteral(pattern) ? (pattern.parts[0] ?? '') : '';
  return word.length >= ID_WORD_LENGTH && id.startsWith(word.toLowerCase());
}

/** A bare word is in one line of the text, or begins the id. */
function matchesWord(pattern: Pattern, facts: MatchFacts): boolean {
  if (beginsId(pattern, facts.id)) return true;
  const inside = anywhere(pattern);
  return facts.text.split('\n').some((line) => matchesPattern(inside, line));
}

function matchesTerm(term: Term, facts: MatchFacts, context: FilterContext): boolean {
  switch (term.kind) {
    case 'word':
      return matchesWord(term.pattern, facts);
    case 'match':
      return matchesValues(term.key, term.values, facts);
    case 'flag':
      return isThere(term.key, facts, context) === term.value;
    case 'moment':
      return matchesMoment(term, timeOf(term.key, facts), context.now);
  }
}

/** Whether a filter means the finding. */
export function matchesFilter(expr: Expr, facts: MatchFacts, context: FilterContext): boolean {
  switch (expr.kind) {
    case 'all':
      return true;
    case 'and':
      return expr.items.every((item) => matchesFilter(item, facts, context));
    case 'or':
      return expr.items.some((item) => matchesFilter(item, facts, context));
    case 'not':
      return !matchesFilter(expr.item, facts, context);
    default:
      return matchesTerm(expr, facts, context);
  }
}

const analyzerNameIn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/**
 * What a bare word searches, in lower case, one thing a line; `public` and `everyone` are in it where they hold. The id
 * is not: a bare word finds it from its start only, and `matchesFilter` looks at it beside this text.
 */
export function searchTextOf(finding: Finding & { readonly analyzerName?: string }): string {
  return present([
    finding.resource,
    TYPE_LABELS[finding.findingType],
    kindOf(finding.resourceType),
    finding.resourceOwnerAccount,
    finding.region,
    finding.analyzerName ?? analyzerNameIn(finding.analyzerArn),
    finding.isPublic === true ? 'public' : undefined,
    ...Object.values(finding.principal ?? {}).map((value) => (value === '*' ? 'everyone' : value)),
    ...(finding.action ?? []),
    ...Object.entries(finding.condition ?? {}).flat(),
    finding.error,
    finding.accessKeyId,
  ])
    .join('\n')
    .toLowerCase();
}

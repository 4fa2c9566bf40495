import type { Choice, PolicyCondition, PolicyDocument, Statement } from './document.ts';
import { canonicalStatement, principalKey } from './format.ts';

/** How one statement differs; values that both have are `same`. */
export interface StatementDiff {
  readonly kind: 'same' | 'changed' | 'added' | 'removed';
  /** Sid of the statement, else its place: "statement 2". */
  readonly name: string;
  readonly before: Statement | undefined;
  readonly after: Statement | undefined;
  readonly actions: ValueDiff;
  readonly resources: ValueDiff;
  readonly principals: ValueDiff;
  readonly conditions: ValueDiff;
}

export interface ValueDiff {
  readonly same: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export interface PolicyDiff {
  readonly statements: readonly StatementDiff[];
  /** Values of all statements together, for a summary. */
  readonly added: number;
  readonly removed: number;
  /** Neither text says anything that the other does not. */
  readonly same: boolean;
}

/**
 * What a policy would lose and gain, by meaning: statements are matched by Sid, then by likeness, and their values are
 * compared as sets. The order of lines plays no part. A missing document is an empty one.
 */
export function diffPolicies(
  existing: PolicyDocument | undefined,
  recommended: PolicyDocument | undefined,
): PolicyDiff {
  const pairs = pairStatements(existing?.statements ?? [], recommended?.statements ?? []);
  const statements = pairs.map(diffStatements);
  const changes = statements.flatMap(({ actions, resources, principals, conditions }) => [
    actions,
    resources,
    principals,
    conditions,
  ]);
  return {
    statements,
    added: changes.reduce((sum, { added }) => sum + added.length, 0),
    removed: changes.reduce((sum, { removed }) => sum + removed.length, 0),
    same: statements.every(({ kind }) => kind === 'same'),
  };
}

interface Pair {
  readonly before: Statement | undefined;
  readonly after: Statement | undefined;
  readonly name: string;
}

/** Statements of the existing policy in their order, each with its counterpart; then those that are new. */
function pairStatements(before: readonly Statement[], after: readonly Statement[]): readonly Pair[] {
  const left = new Set(after.keys());
  const partners = new Map<number, number>();
  const take = (index: number, found: number | undefined): void => {
    if (found === undefined) return;
    partners.set(index, found);
    left.delete(found);
  };
  before.forEach((statement, index) => take(index, findSid(statement, after, left)));
  before.forEach((statement, index) => {
    if (!partners.has(index)) take(index, findLike(statement, after, left));
  });
  return [
    ...before.map((statement, index) => {
      const partner = partners.get(index);
      return {
        before: statement,
        after: partner === undefined ? undefined : after[partner],
        name: nameOf(statement, index),
      };
    }),
    ...[...left].flatMap((index) => {
      const statement = after[index];
      return statement === undefined
        ? []
        : [{ before: undefined, after: statement, name: nameOf(statement, index) }];
    }),
  ];
}

const nameOf = ({ sid }: Statement, index: number): string => sid ?? `statement ${index + 1}`;

/** Allow is never compared with Deny: no line of a statement tells them apart, only its heading. */
const findSid = (
  { sid, effect }: Statement,
  among: readonly Statement[],
  left: ReadonlySet<number>,
): number | undefined =>
  sid === undefined
    ? undefined
    : [...left].find((index) => among[index]?.sid === sid && among[index].effect === effect);

/** Less than this in common, and they are two statements, not one that changed. */
const ALIKE = 0.2;

function findLike(
  statement: Statement,
  among: readonly Statement[],
  left: ReadonlySet<number>,
): number | undefined {
  let best: number | undefined;
  let most = ALIKE;
  for (const index of left) {
    const other = among[index];
    const likeness = other === undefined ? 0 : likenessOf(statement, other);
    if (likeness > most) [best, most] = [index, likeness];
  }
  return best;
}

/** 0 to 1: shared values over all values; a wildcard counts as sharing what it covers. Allow is never like Deny. */
function likenessOf(a: Statement, b: Statement): number {
  if (a.effect !== b.effect) return 0;
  if (canonicalStatement({ ...a, sid: undefined }) === canonicalStatement({ ...b, sid: undefined }))
    return 1.1;
  const [mine, theirs] = [actionsOf(a), actionsOf(b)];
  const covered = theirs.filter((action) =>
    mine.some((each) => each === action || covers(each, action)),
  ).length;
  const actions = covered / Math.max(1, theirs.length);
  return actions * 0.8 + 0.2 * overlap(valuesOf(a.resources), valuesOf(b.resources));
}

const actionsOf = ({ actions }: Statement): readonly string[] =>
  actions.values.map((action) => action.toLowerCase());

const covers = (pattern: string, action: string): boolean =>
  pattern.endsWith('*') && action.startsWith(pattern.slice(0, -1));

function overlap(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 && b.length === 0) return 1;
  return a.filter((value) => b.includes(value)).length / new Set([...a, ...b]).size;
}

function diffStatements({ before, after, name }: Pair): StatementDiff {
  const parts = {
    actions: diffValues(choiceValues(before?.actions), choiceValues(after?.actions), (text) =>
      text.toLowerCase(),
    ),
    resources: diffValues(choiceValues(before?.resources), choiceValues(after?.resources)),
    principals: diffValues(principalsOf(before), principalsOf(after)),
    conditions: diffValues(conditionsOf(before), conditionsOf(after), conditionKey),
  };
  return { kind: kindOf(before, after), name, before, after, ...parts };
}

function kindOf(before: Statement | undefined, after: Statement | undefined): StatementDiff['kind'] {
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  const same =
    canonicalStatement({ ...before, sid: undefined }) === canonicalStatement({ ...after, sid: undefined });
  return same ? 'same' : 'changed';
}

/** "not" is part of the value: `Action s3:*` and `NotAction s3:*` have nothing in common. */
const choiceValues = (choice: Choice<string> | undefined): readonly string[] =>
  choice === undefined ? [] : choice.values.map((value) => (choice.not ? `not ${value}` : value));

const valuesOf = (choice: Choice<string> | undefined): readonly string[] => choice?.values ?? [];

const principalsOf = (statement: Statement | undefined): readonly string[] =>
  (statement?.principals?.values ?? []).map(
    (one) => (statement?.principals?.not === true ? 'not ' : '') + principalKey(one),
  );

const conditionsOf = (statement: Statement | undefined): readonly string[] =>
  (statement?.conditions ?? []).map(conditionText);

const conditionText = ({ operator, key, values }: PolicyCondition): string =>
  `${operator} ${key} ${[...new Set(values)].sort().join(' | ')}`;

/** The letter case of a condition's key means nothing, that of its values may. */
const conditionKey = (text: string): string => text.replace(/ \S+/, (key) => key.toLowerCase());

function diffValues(
  before: readonly string[],
  after: readonly string[],
  keyOf: (value: string) => string = (value) => value,
): ValueDiff {
  const [old, fresh] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  return {
    same: before.filter((value) => fresh.has(keyOf(value))),
    removed: before.filter((value) => !fresh.has(keyOf(value))),
    added: after.filter((value) => !old.has(keyOf(value))),
  };
}

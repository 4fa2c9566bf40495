import type { Choice, PolicyCondition, PolicyDocument, PolicyPrincipal, Statement } from './document.ts';
import { parsePolicyDocument } from './document.ts';
import { deletedPrincipals, toSettable } from './settable.ts';

/** The document as JSON text: members in the order of the User Guide, single values without a list, two spaces. */
export const formatPolicyDocument = (document: PolicyDocument): string =>
  JSON.stringify(toPolicyJson(document), undefined, 2);

/** A policy with the names that AWS gives its parts; what it does not have is left out. */
export function toPolicyJson({ version, id, statements }: PolicyDocument): Record<string, unknown> {
  return present({ Version: version, Id: id, Statement: statements.map(toStatementJson) });
}

/** A statement as IAM's JSON has it. */
export function toStatementJson(statement: Statement): Record<string, unknown> {
  const { sid, effect, principals, actions, resources, conditions } = statement;
  return present({
    Sid: sid,
    Effect: effect,
    ...(principals === undefined
      ? {}
      : { [principals.not ? 'NotPrincipal' : 'Principal']: toPrincipalJson(principals) }),
    ...choice('Action', actions),
    ...(resources === undefined ? {} : choice('Resource', resources)),
    Condition: conditions.length === 0 ? undefined : toConditionJson(conditions),
  });
}

const present = (members: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

const single = <T>(values: readonly T[]): T | readonly T[] =>
  values.length === 1 && values[0] !== undefined ? values[0] : values;

const choice = (name: string, { not, values }: Choice<string>): Record<string, unknown> => ({
  [not ? `Not${name}` : name]: single(values),
});

function toPrincipalJson({ values }: Choice<PolicyPrincipal>): unknown {
  const [first] = values;
  if (values.length === 1 && first?.type === 'AWS' && first.value === '*') return '*';
  const types = [...new Set(values.map(({ type }) => type))];
  return Object.fromEntries(
    types.map((type) => [type, single(values.filter((one) => one.type === type).map(({ value }) => value))]),
  );
}

function toConditionJson(conditions: readonly PolicyCondition[]): Record<string, unknown> {
  const operators = [...new Set(conditions.map(({ operator }) => operator))];
  return Object.fromEntries(
    operators.map((operator) => [
      operator,
      Object.fromEntries(
        conditions.filter((one) => one.operator === operator).map(({ key, values }) => [key, single(values)]),
      ),
    ]),
  );
}

const ACCOUNT_ROOT = /^arn:[^:]+:iam::(\d{12}):root$/;

/** An account's id and the ARN of its root mean the same; IAM writes either as the ARN. */
export const principalKey = ({ type, value }: PolicyPrincipal): string =>
  `${type} ${type === 'AWS' ? (ACCOUNT_ROOT.exec(value)?.[1] ?? value) : value}`;

const sorted = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

/** One text for all documents that say the same in other words: order, lists of one, letter case of actions. */
export function canonicalStatement(statement: Statement): string {
  const { principals, actions, resources, conditions } = statement;
  return JSON.stringify([
    statement.sid ?? '',
    statement.effect,
    principals === undefined ? null : [principals.not, sorted(principals.values.map(principalKey))],
    [actions.not, sorted(actions.values.map((action) => action.toLowerCase()))],
    resources === undefined ? null : [resources.not, sorted(resources.values)],
    sorted(
      conditions.map(({ operator, key, values }) =>
        JSON.stringify([operator, key.toLowerCase(), sorted(values)]),
      ),
    ),
  ]);
}

/** A policy's text as IAM takes it; one that it takes, or that cannot be read, as it is. */
export function settableText(text: string): string {
  const parsed = parsePolicyDocument(text);
  const isTaken = !parsed.ok || deletedPrincipals(parsed.value).length === 0;
  return isTaken ? text : formatPolicyDocument(toSettable(parsed.value));
}

/** Whether two texts are the same policy. Texts that cannot be read are the same only letter by letter. */
export function samePolicy(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [parsePolicyDocument(a), parsePolicyDocument(b)];
  return left.ok && right.ok && canonicalPolicy(left.value) === canonicalPolicy(right.value);
}

/** Principals that were deleted say nothing: a policy with them is the same without. */
function canonicalPolicy(document: PolicyDocument): string {
  const { version, id, statements } = toSettable(document);
  return JSON.stringify([version ?? '2008-10-17', id ?? '', statements.map(canonicalStatement).sort()]);
}

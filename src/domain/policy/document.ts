import { cleanText } from '../text.ts';
import { fail, type Result, succeed } from '../problem.ts';

/**
 * A policy document, read tolerantly: the grammar lets most values be one string or a list of them, lets a statement stand
 * without its list, and lets `Principal` be `"*"` (IAM User Guide, "Grammar of the IAM JSON policy language").
 */
export interface PolicyDocument {
  readonly version: string | undefined;
  readonly id: string | undefined;
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** Absent in identity-based policies. */
  readonly principals: Choice<PolicyPrincipal> | undefined;
  readonly actions: Choice<string>;
  /** Absent in trust policies. */
  readonly resources: Choice<string> | undefined;
  readonly conditions: readonly PolicyCondition[];
}

/** `Action` names what is meant, `NotAction` what is not; the same for resources and principals. */
export interface Choice<T> {
  readonly not: boolean;
  readonly values: readonly T[];
}

export interface PolicyPrincipal {
  /** AWS, Federated, Service or CanonicalUser. */
  readonly type: string;
  readonly value: string;
}

/** One operator on one key; any of the values will do. */
export interface PolicyCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Reads a policy's JSON text; a Problem of kind `invalid` says what cannot be read. */
export function parsePolicyDocument(text: string): Result<PolicyDocument> {
  try {
    return succeed(readDocument(JSON.parse(text) as unknown));
  } catch (thrown) {
    const why = thrown instanceof PolicySyntax ? thrown.message : 'it is not JSON';
    return fail({ kind: 'invalid', message: `The policy cannot be read: ${why}.`, detail: cleanText(text) });
  }
}

class PolicySyntax extends Error {}

type Json = Readonly<Record<string, unknown>>;

function readDocument(value: unknown): PolicyDocument {
  const document = toObject(value, 'the document');
  const given = document['Statement'];
  if (given === undefined) throw new PolicySyntax('it has no Statement');
  return {
    version: toText(document['Version']),
    id: toText(document['Id']),
    statements: [given].flat().map(readStatement),
  };
}

function readStatement(value: unknown): Statement {
  const statement = toObject(value, 'a statement');
  const effect = statement['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') throw new PolicySyntax('an Effect is neither Allow nor Deny');
  const actions = readChoice(statement, 'Action');
  if (actions === undefined) throw new PolicySyntax('a statement has neither Action nor NotAction');
  return {
    sid: toText(statement['Sid']),
    effect,
    principals: readPrincipals(statement),
    actions,
    resources: readChoice(statement, 'Resource'),
    conditions: readConditions(statement['Condition']),
  };
}

function readChoice(statement: Json, name: 'Action' | 'Resource'): Choice<string> | undefined {
  const not = statement[name] === undefined;
  const given = statement[not ? `Not${name}` : name];
  return given === undefined ? undefined : { not, values: toTexts(given) };
}

function readPrincipals(statement: Json): Choice<PolicyPrincipal> | undefined {
  const not = statement['Principal'] === undefined;
  const given = statement[not ? 'NotPrincipal' : 'Principal'];
  if (given === undefined) return undefined;
  // `"Principal": "*"` and `{"AWS": "*"}` mean the same (IAM User Guide, "AWS JSON policy elements: Principal").
  if (typeof given === 'string') return { not, values: [{ type: 'AWS', value: given }] };
  const values = Object.entries(toObject(given, 'a Principal')).flatMap(([type, names]) =>
    toTexts(names).map((value) => ({ type, value })),
  );
  return { not, values };
}

function readConditions(value: unknown): readonly PolicyCondition[] {
  if (value === undefined) return [];
  return Object.entries(toObject(value, 'a Condition')).flatMap(([operator, keys]) =>
    Object.entries(toObject(keys, 'a Condition')).map(([key, values]) => ({
      operator,
      key,
      values: toTexts(values),
    })),
  );
}

function toObject(value: unknown, what: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw new PolicySyntax(`${what} is not an object`);
}

function toTexts(value: unknown): readonly string[] {
  return [value].flat().map((one) => {
    if (typeof one === 'string') return one;
    if (typeof one === 'number' || typeof one === 'boolean') return String(one);
    throw new PolicySyntax('a value is neither a text nor a list of texts');
  });
}

const toText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

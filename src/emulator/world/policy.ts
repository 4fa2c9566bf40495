import { matchesAction, matchesWildcard } from './wildcard.ts';

/** A policy document, its shorthand forms (single values, `"Principal": "*"`) brought to one shape. */
export interface PolicyDocument {
  readonly version: string;
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  /** Absent in identity-based policies. */
  readonly principals?: Choice<PrincipalName>;
  readonly actions: Choice<string>;
  /** Absent in trust policies, whose resource is the role itself. */
  readonly resources?: Choice<string>;
  readonly conditions: readonly Condition[];
}

/** `Action` lists what is meant, `NotAction` what is not. */
export interface Choice<T> {
  readonly not: boolean;
  readonly values: readonly T[];
}

export interface PrincipalName {
  /** AWS, Federated, CanonicalUser or Service. */
  readonly type: string;
  readonly value: string;
}

/** One operator on one key; all conditions of a statement must hold, any of the values will do. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** The text is not a policy; the message says what is wrong with it. */
export class PolicyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PolicyError';
  }
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readObject(value: unknown, what: string): Json {
  if (isObject(value)) return value;
  throw new PolicyError(`${what} must be an object.`);
}

function readStrings(value: unknown, what: string): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((item) => {
    if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean')
      return String(item);
    throw new PolicyError(`${what} must be a string or a list of strings.`);
  });
}

function readChoice(statement: Json, name: 'Action' | 'Resource'): Choice<string> | undefined {
  const given = [name, `Not${name}`].filter((key) => statement[key] !== undefined);
  if (given.length > 1) throw new PolicyError(`A statement has either ${name} or Not${name}.`);
  const [key] = given;
  return key === undefined ? undefined : { not: key !== name, values: readStrings(statement[key], key) };
}

function readPrincipals(statement: Json): Choice<PrincipalName> | undefined {
  const not = statement['NotPrincipal'] !== undefined;
  const given = statement[not ? 'NotPrincipal' : 'Principal'];
  if (given === undefined) return undefined;
  if (given === '*') return { not, values: [{ type: 'AWS', value: '*' }] };
  const values = Object.entries(readObject(given, 'Principal')).flatMap(([type, names]) =>
    readStrings(names, `Principal.${type}`).map((value) => ({ type, value })),
  );
  return { not, values };
}

function readConditions(value: unknown): readonly Condition[] {
  if (value === undefined) return [];
  return Object.entries(readObject(value, 'Condition')).flatMap(([operator, keys]) =>
    Object.entries(readObject(keys, `Condition.${operator}`)).map(([key, values]) => ({
      operator,
      key,
      values: readStrings(values, `Condition.${operator}.${key}`),
    })),
  );
}

function readStatement(value: unknown): Statement {
  const statement = readObject(value, 'Statement');
  const effect = statement['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') throw new PolicyError('Effect must be Allow or Deny.');
  const actions = readChoice(statement, 'Action');
  if (actions === undefined) throw new PolicyError('A statement needs Action or NotAction.');
  const sid = statement['Sid'];
  const principals = readPrincipals(statement);
  const resources = readChoice(statement, 'Resource');
  return {
    ...(typeof sid === 'string' ? { sid } : {}),
    effect,
    ...(principals === undefined ? {} : { principals }),
    actions,
    ...(resources === undefined ? {} : { resources }),
    conditions: readConditions(statement['Condition']),
  };
}

/** @throws PolicyError */
export function parsePolicy(text: string): PolicyDocument {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new PolicyError('The policy is not valid JSON.');
  }
  const document = readObject(json, 'A policy');
  const given = document['Statement'];
  if (given === undefined) throw new PolicyError('A policy needs a Statement.');
  const statements: readonly unknown[] = Array.isArray(given) ? given : [given];
  const version = document['Version'] ?? '2008-10-17';
  if (version !== '2012-10-17' && version !== '2008-10-17')
    throw new PolicyError('The policy has an unknown Version.');
  return { version, statements: statements.map(readStatement) };
}

/** Whether the statement speaks of this action. */
export const coversAction = (statement: Statement, action: string): boolean =>
  statement.actions.values.some((pattern) => matchesAction(pattern, action)) !== statement.actions.not;

/** Whether a resource pattern means this ARN or something in it (`bucket/*` for a bucket, `table/x/index/*` for a table). */
function reaches(pattern: string, arn: string): boolean {
  return (
    matchesWildcard(pattern, arn) || pattern.startsWith(`${arn}/`) || matchesWildcard(pattern, `${arn}/x`)
  );
}

/** Whether the statement speaks of this resource or of something in it. Without a Resource: of all. */
export function coversResource(statement: Statement, arn: string): boolean {
  if (statement.resources === undefined) return true;
  const { not, values } = statement.resources;
  if (not) return !values.some((pattern) => matchesWildcard(pattern, arn));
  return values.some((pattern) => reaches(pattern, arn));
}

import type { Choice, Condition, PrincipalName, Statement } from '../world/policy.ts';
import { accountOf } from '../world/zone.ts';
import { includesPattern, overlapsPattern } from './pattern.ts';

/** One action pattern, resource pattern and principal of a statement: the pieces that coverage is decided on. */
export interface Piece {
  readonly action: string;
  readonly resource: string;
  /** Absent in identity-based policies. */
  readonly principal?: PrincipalName;
  readonly conditions: readonly Condition[];
}

const ANY = '*';
const EVERYONE: PrincipalName = { type: 'AWS', value: '*' };

/** What a choice means as patterns; what `Not…` leaves is taken as everything, which errs towards more. */
const patternsOf = (choice: Choice<string> | undefined): readonly string[] =>
  choice === undefined || choice.not ? [ANY] : choice.values;

/** The pieces of a statement: together they mean at least what it means. */
export function piecesOf(statement: Statement): readonly Piece[] {
  const { principals, conditions } = statement;
  const named = principals === undefined ? [undefined] : principals.not ? [EVERYONE] : principals.values;
  return patternsOf(statement.actions).flatMap((action) =>
    patternsOf(statement.resources).flatMap((resource) =>
      named.map((principal) => ({
        action: action.toLowerCase(),
        resource,
        conditions,
        ...(principal === undefined ? {} : { principal }),
      })),
    ),
  );
}

/** Whether a choice means all that a pattern does. */
function includes(choice: Choice<string> | undefined, pattern: string, lower = false): boolean {
  if (choice === undefined) return true;
  const values = lower ? choice.values.map((value) => value.toLowerCase()) : choice.values;
  return choice.not
    ? values.every((value) => !overlapsPattern(value, pattern))
    : values.some((value) => includesPattern(value, pattern));
}

/** Whether a choice means something that a pattern does. */
function overlaps(choice: Choice<string> | undefined, pattern: string, lower = false): boolean {
  if (choice === undefined) return true;
  const values = lower ? choice.values.map((value) => value.toLowerCase()) : choice.values;
  return choice.not
    ? values.every((value) => !includesPattern(value, pattern))
    : values.some((value) => overlapsPattern(value, pattern));
}

const includesName = (outer: PrincipalName, inner: PrincipalName): boolean =>
  outer.type === inner.type &&
  (outer.value === ANY || outer.value === inner.value || isAccountOf(outer.value, inner.value));

/** An account's root stands for everybody in it. */
function isAccountOf(outer: string, inner: string): boolean {
  const account = accountOf(outer);
  return (
    account !== undefined && (outer === account || outer.endsWith(':root')) && accountOf(inner) === account
  );
}

function includesPrincipal(statement: Statement, principal: PrincipalName | undefined): boolean {
  const { principals } = statement;
  if (principals === undefined || principal === undefined) return principals === undefined;
  return principals.not
    ? principals.values.every((each) => !includesName(each, principal) && !includesName(principal, each))
    : principals.values.some((each) => includesName(each, principal));
}

function overlapsPrincipal(statement: Statement, principal: PrincipalName | undefined): boolean {
  const { principals } = statement;
  if (principals === undefined || principal === undefined) return true;
  return principals.not
    ? principals.values.every((each) => !includesName(each, principal))
    : principals.values.some((each) => includesName(each, principal) || includesName(principal, each));
}

/** Whether a statement, its conditions aside, speaks of all of a piece. */
export const includesPiece = (statement: Statement, piece: Piece): boolean =>
  includes(statement.actions, piece.action, true) &&
  includes(statement.resources, piece.resource) &&
  includesPrincipal(statement, piece.principal);

/** Whether a statement, its conditions aside, speaks of any of a piece. */
export const overlapsPiece = (statement: Statement, piece: Piece): boolean =>
  overlaps(statement.actions, piece.action, true) &&
  overlaps(statement.resources, piece.resource) &&
  overlapsPrincipal(statement, piece.principal);

/** Whether whatever meets `stricter` meets `looser`: each of the looser ones stands there too, with no more values. */
export const impliesConditions = (stricter: readonly Condition[], looser: readonly Condition[]): boolean =>
  looser.every((wanted) =>
    stricter.some(
      (given) =>
        given.operator.toLowerCase() === wanted.operator.toLowerCase() &&
        given.key.toLowerCase() === wanted.key.toLowerCase() &&
        sameOrFewer(given.values, wanted),
    ),
  );

/** Fewer values are stricter, but for negated operators, where they are looser: those must be equal. */
function sameOrFewer(values: readonly string[], wanted: Condition): boolean {
  const within = values.every((value) => wanted.values.includes(value));
  return within && (values.length === wanted.values.length || !/not/i.test(wanted.operator));
}

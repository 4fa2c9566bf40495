import type { PolicyDocument, Statement } from '../world/policy.ts';
import { includesPiece, overlapsPiece, type Piece, piecesOf } from './coverage.ts';
import { includesPattern, overlapsPattern, sampleOf } from './pattern.ts';
import { cannotDecide, type Reason, reasonFor, type Verdict } from './verdict.ts';

export interface ForbiddenAccess {
  readonly actions?: readonly string[];
  readonly resources?: readonly string[];
}

/** An action and a resource pattern that must not be granted. */
interface Forbidden {
  readonly action: string;
  readonly resource: string;
}

/**
 * Whether a policy grants none of these actions on any of these resources, under no condition. FAIL names the
 * statements that do; where a Deny takes away a part that cannot be told apart, 422.
 */
export function checkAccessNotGranted(policy: PolicyDocument, access: ForbiddenAccess): Verdict {
  const forbidden = forbiddenPairs(access);
  const denies = policy.statements.filter(({ effect }) => effect === 'Deny');
  const reasons: Reason[] = [];
  policy.statements.forEach((statement, i) => {
    if (statement.effect === 'Deny' || !forbidden.some((each) => grants(statement, each, denies))) return;
    reasons.push(reasonFor(`Forbidden access in the statement with index ${i}.`, statement, i));
  });
  if (reasons.length === 0) {
    return { result: 'PASS', message: 'The policy grants none of the given access.', reasons };
  }
  return { result: 'FAIL', message: 'The policy grants access that must not be granted.', reasons };
}

/** Without actions any action counts, without resources any resource. */
const forbiddenPairs = ({ actions = ['*'], resources = ['*'] }: ForbiddenAccess): readonly Forbidden[] =>
  actions.flatMap((action) => resources.map((resource) => ({ action: action.toLowerCase(), resource })));

function grants(statement: Statement, forbidden: Forbidden, denies: readonly Statement[]): boolean {
  if (!overlapsPiece(statement, { ...forbidden, conditions: [] })) return false;
  return piecesOf(statement)
    .filter(
      (piece) =>
        overlapsPattern(piece.action, forbidden.action) &&
        overlapsPattern(piece.resource, forbidden.resource),
    )
    .some((piece) => isLeft({ ...piece, ...common(piece, forbidden) }, denies));
}

/** What two patterns have in common: the narrower one; where they only cross, the first, which is more than that. */
const narrower = (a: string, b: string): string => (includesPattern(a, b) ? b : a);

const common = (piece: Piece, forbidden: Forbidden): Forbidden => ({
  action: narrower(piece.action, forbidden.action),
  resource: narrower(piece.resource, forbidden.resource),
});

/** Whether the Denies leave some of it. A Deny with a condition leaves the requests that do not meet it. */
function isLeft(piece: Piece, denies: readonly Statement[]): boolean {
  const unconditional = denies.filter((deny) => deny.conditions.length === 0 && overlapsPiece(deny, piece));
  if (unconditional.length === 0) return true;
  if (unconditional.some((deny) => includesPiece(deny, piece))) return false;
  const sample = { ...piece, action: sampleOf(piece.action), resource: sampleOf(piece.resource) };
  if (unconditional.every((deny) => !overlapsPiece(deny, sample))) return true;
  throw cannotDecide('a Deny takes away a part of the access in question.');
}

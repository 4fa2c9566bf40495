import { invertCondition } from '../world/conditions.ts';
import { readLimits } from '../world/limits.ts';
import type { Condition, PolicyDocument, Statement } from '../world/policy.ts';
import { includesPiece, overlapsPiece, type Piece, piecesOf } from './coverage.ts';
import { cannotDecide, type Reason, reasonFor, type Verdict } from './verdict.ts';

/** Nobody is trusted: what is public is public for everyone. */
const NO_ZONE = { accounts: new Set<string>() };

/** Identity providers at which anybody can have an account. */
const OPEN_PROVIDERS =
  /^(accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com|cognito-identity\.amazonaws\.com)$/;

/** Whether a resource policy lets everyone in. A Deny with conditions that cannot be turned into a limit is 422. */
export function checkNoPublicAccess(policy: PolicyDocument): Verdict {
  const denies = policy.statements.filter(({ effect }) => effect === 'Deny');
  const reasons: Reason[] = [];
  policy.statements.forEach((statement, i) => {
    if (statement.effect === 'Deny' || !isPublic(statement, denies)) return;
    reasons.push(reasonFor(`Public access in the statement with index ${i}.`, statement, i));
  });
  if (reasons.length === 0)
    return { result: 'PASS', message: 'The policy grants no public access.', reasons };
  return { result: 'FAIL', message: 'The policy grants public access.', reasons };
}

const isPublic = (statement: Statement, denies: readonly Statement[]): boolean =>
  piecesOf(statement).some((piece) => isEveryone(piece) && staysPublic(piece, denies));

const isEveryone = ({ principal }: Piece): boolean =>
  principal?.value === '*' || (principal?.type === 'Federated' && OPEN_PROVIDERS.test(principal.value));

const isLimited = (conditions: readonly Condition[]): boolean => readLimits(conditions, NO_ZONE).limited;

function staysPublic(piece: Piece, denies: readonly Statement[]): boolean {
  if (isLimited(piece.conditions)) return false;
  const touching = denies.filter((deny) => overlapsPiece(deny, piece));
  const whole = touching.filter((deny) => includesPiece(deny, piece));
  if (whole.some(({ conditions }) => conditions.length === 0)) return false;
  const added = whole.flatMap((deny) => limitBy(deny) ?? []);
  if (isLimited(added)) return false;
  if (whole.some((deny) => limitBy(deny) === undefined)) {
    throw cannotDecide('a Deny has conditions that the check does not understand.');
  }
  return true;
}

/** A Deny for requests that are not from X limits the rest to those from X. */
function limitBy({ conditions }: Statement): Condition | undefined {
  const [only, ...more] = conditions;
  return only === undefined || more.length > 0 ? undefined : invertCondition(only);
}

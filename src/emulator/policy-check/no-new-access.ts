import { ALL_ACTIONS, expandActions } from '../world/action-catalogue.ts';
import type { PolicyDocument, PrincipalName, Statement } from '../world/policy.ts';
import { accountOf } from '../world/zone.ts';
import { impliesConditions, includesPiece, overlapsPiece, type Piece, piecesOf } from './coverage.ts';
import { sampleOf } from './pattern.ts';
import { cannotDecide, type Reason, reasonFor, type Verdict } from './verdict.ts';

const allows = ({ statements }: PolicyDocument): readonly Statement[] =>
  statements.filter(({ effect }) => effect === 'Allow');
const denies = ({ statements }: PolicyDocument): readonly Statement[] =>
  statements.filter(({ effect }) => effect === 'Deny');

/**
 * Whether a new policy grants nothing that the existing one does not. PASS only when every piece of the new policy
 * stands within one statement of the existing one; FAIL only with a request in hand that proves it; otherwise 422.
 */
export function checkNoNewAccess(existing: PolicyDocument, proposed: PolicyDocument): Verdict {
  const reasons: Reason[] = [];
  let undecided: number | undefined;
  proposed.statements.forEach((statement, i) => {
    if (statement.effect === 'Deny') return;
    if (isWithin(statement, existing, proposed)) return;
    if (provesNewAccess(statement, existing, proposed)) {
      reasons.push(reasonFor(`New access in the statement with index ${i}.`, statement, i));
    } else undecided ??= i;
  });
  if (reasons.length > 0) {
    return {
      result: 'FAIL',
      message: 'The new policy grants access that the existing policy does not.',
      reasons,
    };
  }
  if (undecided !== undefined)
    throw cannotDecide(`statement ${undecided} of the new policy overlaps the existing one.`);
  return { result: 'PASS', message: 'The new policy grants no access beyond the existing policy.', reasons };
}

/** Every piece stands within one existing Allow, and no Deny that limits it was dropped. */
function isWithin(statement: Statement, existing: PolicyDocument, proposed: PolicyDocument): boolean {
  if (
    existing.statements.some((each) => isSame(each, statement)) &&
    keepsDenies(piecesOf(statement), existing, proposed)
  ) {
    return true;
  }
  const pieces = piecesOf(statement);
  const covered = pieces.every((piece) =>
    allows(existing).some(
      (each) => includesPiece(each, piece) && impliesConditions(piece.conditions, each.conditions),
    ),
  );
  return covered && keepsDenies(pieces, existing, proposed);
}

const isSame = (a: Statement, b: Statement): boolean =>
  JSON.stringify({ ...a, sid: '' }) === JSON.stringify({ ...b, sid: '' });

function keepsDenies(pieces: readonly Piece[], existing: PolicyDocument, proposed: PolicyDocument): boolean {
  const limiting = denies(existing).filter((deny) => pieces.some((piece) => overlapsPiece(deny, piece)));
  return limiting.every((deny) => denies(proposed).some((each) => deniesAsMuch(each, deny)));
}

const deniesAsMuch = (deny: Statement, before: Statement): boolean =>
  isSame(deny, before) ||
  (impliesConditions(before.conditions, deny.conditions) &&
    piecesOf(before).every((piece) => includesPiece(deny, piece)));

/** A request that the new policy allows and the existing one does not. */
function provesNewAccess(statement: Statement, existing: PolicyDocument, proposed: PolicyDocument): boolean {
  return requestsOf(statement).some(
    (request) =>
      !denies(proposed).some((deny) => overlapsPiece(deny, request)) && isRefused(request, existing),
  );
}

/** Requests that stand for a statement: each action it means, on a resource that its patterns allow. */
function requestsOf(statement: Statement): readonly Piece[] {
  const actions = expandActions(statement, ALL_ACTIONS).map((action) => action.toLowerCase());
  const resources = [...new Set(piecesOf(statement).map(({ resource }) => sampleOf(resource)))];
  return actions.flatMap((action) =>
    resources.flatMap((resource) =>
      piecesOf(statement)
        .map((piece) => ({ ...piece, ...somebody(piece.principal), action, resource }))
        .filter((request) => includesPiece(statement, request)),
    ),
  );
}

/** One that a principal means and that nobody is likely to have named. */
function somebody(principal: PrincipalName | undefined): { principal?: PrincipalName } {
  if (principal?.type !== 'AWS') return principal === undefined ? {} : { principal };
  const account = principal.value === '*' ? '000000000000' : accountOf(principal.value);
  const named = principal.value !== '*' && principal.value !== account && !principal.value.endsWith(':root');
  return {
    principal: named ? principal : { type: 'AWS', value: `arn:aws:iam::${account ?? ''}:role/somebody` },
  };
}

/**
 * Nothing in the existing policy allows it, or an unconditional Deny forbids it, or the only Allow has a condition
 * that the new statement does not ask for: then a request that does not meet it proves the point.
 */
function isRefused(request: Piece, existing: PolicyDocument): boolean {
  if (denies(existing).some((deny) => deny.conditions.length === 0 && includesPiece(deny, request)))
    return true;
  const matching = allows(existing).filter((each) => overlapsPiece(each, request));
  if (matching.length === 0) return true;
  const [only] = matching;
  if (matching.length > 1 || only === undefined) return false;
  const asked = new Set(request.conditions.map(({ key }) => key.toLowerCase()));
  return only.conditions.some(({ key }) => !asked.has(key.toLowerCase()));
}

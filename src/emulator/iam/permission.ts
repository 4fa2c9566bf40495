import type { Caller } from '../estate/caller.ts';
import { boundaryOf, statementsOf } from '../world/identity-policies.ts';
import type { Account, Identity, World } from '../world/model.ts';
import { coversAction, coversResource, type Statement } from '../world/policy.ts';
import { denied } from './refusals.ts';

/** The identity behind a caller; undefined for a guest, who is nobody in the world and may do everything. */
function identityOf(account: Account, { arn }: Caller): Identity | undefined {
  const session = /:assumed-role\/([^/]+)\//.exec(arn)?.[1];
  if (session !== undefined) return account.roles.get(session);
  return [...account.users.values()].find((user) => user.arn === arn);
}

const says = (
  statements: readonly Statement[],
  effect: Statement['effect'],
  action: string,
  resource: string,
): boolean =>
  statements.some(
    (statement) =>
      statement.effect === effect && coversAction(statement, action) && coversResource(statement, resource),
  );

/** Throws `AccessDenied` unless the caller's own policies allow the action on the resource. Conditions count as met. */
export function requirePermission(
  world: World,
  account: Account,
  caller: Caller,
  request: { action: string; resource: string },
): void {
  const identity = identityOf(account, caller);
  if (identity === undefined) return;
  const { action, resource } = request;
  const statements = statementsOf(world, identity);
  const boundary = boundaryOf(world, identity);
  const allowed =
    says(statements, 'Allow', action, resource) &&
    (boundary === undefined || says(boundary, 'Allow', action, resource));
  const refused = says([...statements, ...(boundary ?? [])], 'Deny', action, resource);
  if (allowed && !refused) return;
  const why = refused
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${action} action`;
  throw denied(`User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} ${why}`);
}

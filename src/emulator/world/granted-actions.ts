import { ALL_ACTIONS, expandActions } from './action-catalogue.ts';
import { boundaryOf, statementsOf } from './identity-policies.ts';
import type { Identity, World } from './model.ts';
import { coversAction, type Statement } from './policy.ts';

/** A Deny on some resources or under some conditions leaves the action granted elsewhere. */
const isTotalDeny = (statement: Statement): boolean =>
  statement.effect === 'Deny' &&
  statement.conditions.length === 0 &&
  (statement.resources === undefined ||
    (!statement.resources.not && statement.resources.values.includes('*')));

const within = (action: string, boundary: readonly Statement[] | undefined): boolean =>
  boundary === undefined ||
  boundary.some((statement) => statement.effect === 'Allow' && coversAction(statement, action));

/** Every action that the identity's policies allow on anything, sorted, wildcards expanded. */
export function grantedActions(world: World, identity: Identity): readonly string[] {
  const statements = statementsOf(world, identity);
  const boundary = boundaryOf(world, identity);
  const denies = [...statements, ...(boundary ?? [])].filter(isTotalDeny);
  const allowed = new Set(
    statements
      .filter(({ effect }) => effect === 'Allow')
      .flatMap((statement) => expandActions(statement, ALL_ACTIONS)),
  );
  return [...allowed]
    .filter(
      (action) => within(action, boundary) && !denies.some((statement) => coversAction(statement, action)),
    )
    .sort();
}

import type { Caller } from '../estate/caller.ts';
import { conditionHolds, type RequestContext } from '../world/conditions.ts';
import {
  coversAction,
  parsePolicy,
  PolicyError,
  type PrincipalName,
  type Statement,
} from '../world/policy.ts';

export interface TrustFacts {
  /** Whether the request proved a second factor. */
  readonly mfa: boolean;
  readonly externalId?: string;
  readonly organizationId?: string;
}

/** Whether a trust policy lets a caller assume its role: an Allow that holds, and no Deny that does. */
export function trusts(trustPolicy: string, caller: Caller, facts: TrustFacts): boolean {
  const context = contextOf(caller, facts);
  const holding = statementsOf(trustPolicy).filter(
    (statement) =>
      coversAction(statement, 'sts:AssumeRole') &&
      namesCaller(statement, caller) &&
      statement.conditions.every((condition) => conditionHolds(condition, context)),
  );
  return (
    holding.some(({ effect }) => effect === 'Allow') && holding.every(({ effect }) => effect === 'Allow')
  );
}

/** A trust policy that cannot be read trusts nobody. */
function statementsOf(trustPolicy: string): readonly Statement[] {
  try {
    return parsePolicy(trustPolicy).statements;
  } catch (thrown) {
    if (thrown instanceof PolicyError) return [];
    throw thrown;
  }
}

function contextOf(caller: Caller, facts: TrustFacts): RequestContext {
  const context = new Map([
    ['aws:principalarn', caller.arn],
    ['aws:principalaccount', caller.account],
    ['aws:multifactorauthpresent', String(facts.mfa)],
  ]);
  if (facts.externalId !== undefined) context.set('sts:externalid', facts.externalId);
  if (facts.organizationId !== undefined) context.set('aws:principalorgid', facts.organizationId);
  return context;
}

const namesCaller = ({ principals }: Statement, caller: Caller): boolean =>
  principals !== undefined &&
  principals.values.some((principal) => isCaller(principal, caller)) !== principals.not;

/** An account stands for everybody in it; `*` for everybody. */
function isCaller({ type, value }: PrincipalName, caller: Caller): boolean {
  if (type !== 'AWS') return false;
  if (value === '*' || value === caller.account || value === caller.arn) return true;
  return new RegExp(`^arn:[^:]*:iam::${caller.account}:root$`).test(value) || isRoleOf(value, caller);
}

/** A session acts for its role: `…:assumed-role/NAME/session` for `…:role/path/NAME`. */
function isRoleOf(roleArn: string, caller: Caller): boolean {
  const name = /:assumed-role\/([^/]+)\//.exec(caller.arn)?.[1];
  return (
    name !== undefined && new RegExp(`^arn:[^:]*:iam::${caller.account}:role/(.*/)?${name}$`).test(roleArn)
  );
}

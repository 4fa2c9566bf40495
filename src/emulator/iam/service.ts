import type { Caller } from '../estate/caller.ts';
import { type QueryForm, queryAnswer } from '../query/query-request.ts';
import type { Answer } from '../wire/answer.ts';
import { queryError, ServiceError } from '../wire/service-error.ts';
import type { World } from '../world/model.ts';
import { ACCOUNT_OPERATIONS } from './account.ts';
import { CREDENTIAL_OPERATIONS } from './credentials.ts';
import { IDENTITY_OPERATIONS } from './identity-operations.ts';
import { INSTANCE_PROFILE_OPERATIONS } from './instance-profiles.ts';
import { POLICY_OPERATIONS } from './managed-policies.ts';
import type { IamCall, Operations } from './operation.ts';
import { Parameters } from './parameters.ts';
import { requirePermission } from './permission.ts';
import { VERSION_OPERATIONS } from './policy-versions.ts';
import { denied } from './refusals.ts';
import { ROLE_OPERATIONS } from './roles.ts';
import { USER_OPERATIONS } from './users.ts';

/**
 * IAM over the Query protocol, on the identities and policies of the world: what it changes, the analyzers see at
 * their next look. Everything happens in the caller's own account.
 */
const NAMESPACE = 'https://iam.amazonaws.com/doc/2010-05-08/';

const OPERATIONS: Operations = {
  ...ACCOUNT_OPERATIONS,
  ...CREDENTIAL_OPERATIONS,
  ...IDENTITY_OPERATIONS,
  ...INSTANCE_PROFILE_OPERATIONS,
  ...POLICY_OPERATIONS,
  ...ROLE_OPERATIONS,
  ...USER_OPERATIONS,
  ...VERSION_OPERATIONS,
};

export interface IamRequest {
  readonly world: World;
  readonly caller: Caller;
  readonly requestId: string;
}

function run({ world, caller }: IamRequest, name: string, form: QueryForm): string {
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  if (operation === undefined) {
    throw new ServiceError(400, 'InvalidAction', `Could not find operation ${name} for version 2010-05-08`);
  }
  const account = world.accounts.get(caller.account);
  if (account === undefined) throw denied(`There is no account ${caller.account} in this world.`);
  const call: IamCall = { world, account, caller, parameters: new Parameters(form) };
  requirePermission(world, account, caller, {
    action: `iam:${name}`,
    resource: operation.resource?.(call) ?? '*',
  });
  return operation.handle(call);
}

/** Answers one IAM request. */
export function handleIam(request: IamRequest, form: QueryForm): Answer {
  const name = form.get('Action') ?? '';
  try {
    return queryAnswer(NAMESPACE, name, run(request, name, form), request.requestId);
  } catch (thrown) {
    if (thrown instanceof ServiceError) return queryError(thrown, request.requestId, NAMESPACE);
    throw thrown;
  }
}

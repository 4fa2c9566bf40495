import { findManagedPolicy, isProtected } from '../world/identity-policies.ts';
import type { Identity, InstanceProfile, ManagedPolicy, Role, User } from '../world/model.ts';
import type { IamCall } from './operation.ts';
import { denied, noSuchEntity, unmodifiable } from './refusals.ts';

/** Looks things up by the parameters of a call; throws `NoSuchEntity` in IAM's words. */

export function roleOf({ account, parameters }: IamCall): Role {
  const name = parameters.required('RoleName');
  const role = account.roles.get(name);
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

/** A role that the customer may change. */
export function changeableRole(call: IamCall): Role {
  const role = roleOf(call);
  if (isProtected(role)) {
    throw unmodifiable(
      `Cannot perform the operation on the protected role '${role.name}' - this role is only modifiable by AWS`,
    );
  }
  return role;
}

/** Without a UserName IAM takes the caller. */
export function userOf({ account, caller, parameters }: IamCall): User {
  const name = parameters.optional('UserName') ?? caller.arn.slice(caller.arn.lastIndexOf('/') + 1);
  const user = account.users.get(name);
  if (user === undefined) throw noSuchEntity(`The user with name ${name} cannot be found.`);
  return user;
}

export function policyOf({ world, account, parameters }: IamCall): ManagedPolicy {
  const arn = parameters.required('PolicyArn');
  const policy = findManagedPolicy(world, arn);
  const visible = policy !== undefined && (world.awsPolicies.has(arn) || account.policies.has(arn));
  if (!visible) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

/** A policy of the customer's own. */
export function changeablePolicy(call: IamCall): ManagedPolicy {
  const policy = policyOf(call);
  if (call.world.awsPolicies.has(policy.arn))
    throw denied(`${policy.arn} is an AWS managed policy and cannot be changed.`);
  return policy;
}

export function instanceProfileOf({ account, parameters }: IamCall): InstanceProfile {
  const name = parameters.required('InstanceProfileName');
  const profile = account.instanceProfiles.get(name);
  if (profile === undefined) throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
  return profile;
}

export const identitiesOf = ({ account }: IamCall): readonly Identity[] => [
  ...account.roles.values(),
  ...account.users.values(),
];

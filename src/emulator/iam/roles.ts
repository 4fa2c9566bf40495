import { ServiceError } from '../wire/service-error.ts';
import { addRole } from '../world/build.ts';
import { findManagedPolicy } from '../world/identity-policies.ts';
import type { Role } from '../world/model.ts';
import { changeableRole, roleOf } from './find.ts';
import type { Handler, IamCall, Operations } from './operation.ts';
import { page } from './paging.ts';
import { checkDocument, checkSize, SIZE_LIMITS, sizeOf } from './policy-check.ts';
import { alreadyExists, deleteConflict, noSuchEntity } from './refusals.ts';
import { roleInList, roleShape } from './shapes.ts';
import { struct } from './xml.ts';

function readTrustPolicy(text: string): string {
  checkDocument(text, 'trust');
  checkSize('AssumeRolePolicyDocument', sizeOf(text), SIZE_LIMITS.trust);
  return text;
}

/** Seconds; an hour to twelve (API reference, CreateRole). */
function readSessionDuration({ parameters }: IamCall): number {
  const seconds = Number(parameters.optional('MaxSessionDuration') ?? 3600);
  if (seconds >= 3600 && seconds <= 43_200) return seconds;
  throw new ServiceError(
    400,
    'ValidationError',
    "1 validation error detected: Value at 'maxSessionDuration' failed to satisfy constraint: Member must be between 3600 and 43200",
  );
}

const createRole: Handler = (call) => {
  const { world, account, parameters } = call;
  const name = parameters.required('RoleName');
  const trustPolicy = readTrustPolicy(parameters.required('AssumeRolePolicyDocument'));
  if (account.roles.has(name)) throw alreadyExists(`Role with name ${name} already exists.`);
  const maxSessionDuration = readSessionDuration(call);
  const boundary = parameters.optional('PermissionsBoundary');
  if (boundary !== undefined && findManagedPolicy(world, boundary) === undefined) {
    throw noSuchEntity(`Policy ${boundary} was not found.`);
  }
  const path = parameters.optional('Path') ?? '/';
  const role = addRole(world, account, { name, path, trustPolicy, tags: parameters.tags() });
  const description = parameters.optional('Description');
  if (description !== undefined) role.description = description;
  if (boundary !== undefined) role.permissionsBoundary = boundary;
  role.maxSessionDuration = maxSessionDuration;
  return struct('Role', roleShape(role));
};

const deleteRole: Handler = (call) => {
  const { account } = call;
  const role = changeableRole(call);
  if (role.attachedPolicies.length > 0)
    throw deleteConflict('Cannot delete entity, must detach all policies first.');
  if (role.inlinePolicies.size > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
  if ([...account.instanceProfiles.values()].some(({ roleName }) => roleName === role.name)) {
    throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
  }
  account.roles.delete(role.name);
  return '';
};

const updateTrust: Handler = (call) => {
  const role = changeableRole(call);
  role.trustPolicy = readTrustPolicy(call.parameters.required('PolicyDocument'));
  role.trustUpdatedAt = call.world.clock.now;
  return '';
};

const updateRole: Handler = (call) => {
  const role = changeableRole(call);
  role.description = call.parameters.optional('Description') ?? '';
  role.maxSessionDuration = readSessionDuration(call);
  return '';
};

const listRoles: Handler = (call) => {
  const prefix = call.parameters.optional('PathPrefix') ?? '/';
  const roles = [...call.account.roles.values()].filter(({ path }) => path.startsWith(prefix)).sort(byName);
  return page(call, 'Roles', roles, roleInList);
};

const byName = (a: Role, b: Role): number => (a.name < b.name ? -1 : 1);

const resource = (call: IamCall): string => roleOf(call).arn;

export const ROLE_OPERATIONS: Operations = {
  CreateRole: { handle: createRole },
  DeleteRole: { handle: deleteRole, resource },
  GetRole: { handle: (call) => struct('Role', roleShape(roleOf(call))), resource },
  ListRoles: { handle: listRoles },
  UpdateAssumeRolePolicy: { handle: updateTrust, resource },
  UpdateRole: { handle: updateRole, resource },
};

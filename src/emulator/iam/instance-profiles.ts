import { addInstanceProfile } from '../world/build.ts';
import { instanceProfileOf, roleOf } from './find.ts';
import type { Handler, IamCall, Operations } from './operation.ts';
import { page } from './paging.ts';
import { alreadyExists, deleteConflict, limitExceeded, noSuchEntity } from './refusals.ts';
import { instanceProfileShape } from './shapes.ts';
import { struct } from './xml.ts';

const createProfile: Handler = ({ world, account, parameters }) => {
  const name = parameters.required('InstanceProfileName');
  if (account.instanceProfiles.has(name)) throw alreadyExists(`Instance Profile ${name} already exists.`);
  const profile = addInstanceProfile(world, account, { name, path: parameters.optional('Path') ?? '/' });
  return struct('InstanceProfile', instanceProfileShape(account, profile));
};

const deleteProfile: Handler = (call) => {
  const profile = instanceProfileOf(call);
  if (profile.roleName !== undefined) {
    throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
  }
  call.account.instanceProfiles.delete(profile.name);
  return '';
};

const addRoleToProfile: Handler = (call) => {
  const profile = instanceProfileOf(call);
  const role = roleOf(call);
  if (profile.roleName !== undefined)
    throw limitExceeded('Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1');
  profile.roleName = role.name;
  return '';
};

const removeRoleFromProfile: Handler = (call) => {
  const profile = instanceProfileOf(call);
  const role = roleOf(call);
  if (profile.roleName !== role.name) {
    throw noSuchEntity(`Role ${role.name} is not in instance profile ${profile.name}.`);
  }
  delete profile.roleName;
  return '';
};

const listProfilesForRole: Handler = (call) => {
  const { name } = roleOf(call);
  const profiles = [...call.account.instanceProfiles.values()].filter(({ roleName }) => roleName === name);
  return page(call, 'InstanceProfiles', profiles, (profile) => instanceProfileShape(call.account, profile));
};

const resource = (call: IamCall): string => instanceProfileOf(call).arn;

export const INSTANCE_PROFILE_OPERATIONS: Operations = {
  AddRoleToInstanceProfile: { handle: addRoleToProfile, resource },
  CreateInstanceProfile: { handle: createProfile },
  DeleteInstanceProfile: { handle: deleteProfile, resource },
  GetInstanceProfile: {
    handle: (call) => struct('InstanceProfile', instanceProfileShape(call.account, instanceProfileOf(call))),
    resource,
  },
  ListInstanceProfilesForRole: { handle: listProfilesForRole, resource: (call) => roleOf(call).arn },
  RemoveRoleFromInstanceProfile: { handle: removeRoleFromProfile, resource },
};

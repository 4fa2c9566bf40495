import { hash } from 'node:crypto';
import { element } from '../wire/xml.ts';
import { addAccessKey } from '../world/build.ts';
import type { AccessKey, LoginProfile, User } from '../world/model.ts';
import { userOf } from './find.ts';
import type { Handler, IamCall, Operations } from './operation.ts';
import { page } from './paging.ts';
import { alreadyExists, limitExceeded, noSuchEntity } from './refusals.ts';
import { keyShape } from './shapes.ts';
import { struct, timestamp } from './xml.ts';

/** Access keys and passwords of users. */

/** IAM User Guide, "IAM and AWS STS quotas". */
const KEYS_PER_USER = 2;

function keyOf({ parameters }: IamCall, user: User): AccessKey {
  const id = parameters.required('AccessKeyId');
  const key = user.accessKeys.find((each) => each.id === id);
  if (key === undefined) throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
  return key;
}

const createAccessKey: Handler = (call) => {
  const user = userOf(call);
  if (user.accessKeys.length >= KEYS_PER_USER) {
    throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${KEYS_PER_USER}`);
  }
  const key = addAccessKey(call.world, user, {});
  const secret = element('SecretAccessKey', hash('sha256', `secret of ${key.id}`, 'base64').slice(0, 40));
  return struct('AccessKey', keyShape(user, key), secret);
};

const updateAccessKey: Handler = (call) => {
  const status = call.parameters.required('Status');
  keyOf(call, userOf(call)).status = status === 'Active' ? 'Active' : 'Inactive';
  return '';
};

const deleteAccessKey: Handler = (call) => {
  const user = userOf(call);
  const key = keyOf(call, user);
  user.accessKeys = user.accessKeys.filter((each) => each !== key);
  return '';
};

const listAccessKeys: Handler = (call) => {
  const user = userOf(call);
  return page(call, 'AccessKeyMetadata', user.accessKeys, (key) => keyShape(user, key));
};

/** A key that was never used has no date, and `N/A` for service and Region (API reference, "AccessKeyLastUsed"). */
const getAccessKeyLastUsed: Handler = (call) => {
  const id = call.parameters.required('AccessKeyId');
  const user = [...call.account.users.values()].find(({ accessKeys }) =>
    accessKeys.some((key) => key.id === id),
  );
  if (user === undefined) throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
  const { lastUsed } = keyOf(call, user);
  const use = struct(
    'AccessKeyLastUsed',
    timestamp('LastUsedDate', lastUsed?.at),
    element('ServiceName', lastUsed?.service ?? 'N/A'),
    element('Region', lastUsed?.region ?? 'N/A'),
  );
  return element('UserName', user.name) + use;
};

const profileShape = (user: User, profile: LoginProfile): string =>
  struct(
    'LoginProfile',
    element('UserName', user.name),
    timestamp('CreateDate', profile.createdAt),
    element('PasswordResetRequired', String(profile.passwordResetRequired)),
  );

function profileOf(user: User): LoginProfile {
  if (user.loginProfile === undefined)
    throw noSuchEntity(`Login Profile for User ${user.name} cannot be found.`);
  return user.loginProfile;
}

const getLoginProfile: Handler = (call) => {
  const user = userOf(call);
  return profileShape(user, profileOf(user));
};

const createLoginProfile: Handler = (call) => {
  const user = userOf(call);
  call.parameters.required('Password');
  if (user.loginProfile !== undefined)
    throw alreadyExists(`Login Profile for user ${user.name} already exists.`);
  user.loginProfile = {
    createdAt: call.world.clock.now,
    passwordResetRequired: call.parameters.flag('PasswordResetRequired'),
  };
  return profileShape(user, user.loginProfile);
};

const deleteLoginProfile: Handler = (call) => {
  const user = userOf(call);
  profileOf(user);
  delete user.loginProfile;
  return '';
};

const resource = (call: IamCall): string => userOf(call).arn;

export const CREDENTIAL_OPERATIONS: Operations = {
  CreateAccessKey: { handle: createAccessKey, resource },
  CreateLoginProfile: { handle: createLoginProfile, resource },
  DeleteAccessKey: { handle: deleteAccessKey, resource },
  DeleteLoginProfile: { handle: deleteLoginProfile, resource },
  GetAccessKeyLastUsed: { handle: getAccessKeyLastUsed },
  GetLoginProfile: { handle: getLoginProfile, resource },
  ListAccessKeys: { handle: listAccessKeys, resource },
  UpdateAccessKey: { handle: updateAccessKey, resource },
};

import { element } from '../wire/xml.ts';
import type {
  AccessKey,
  Account,
  Identity,
  InstanceProfile,
  ManagedPolicy,
  PolicyVersion,
  Role,
  User,
} from '../world/model.ts';
import { optional, policyDocument, struct, tagList, timestamp } from './xml.ts';

/** IAM's output shapes as XML (API model 2010-05-08). */

const boundary = ({ permissionsBoundary }: Identity): string =>
  permissionsBoundary === undefined
    ? ''
    : struct(
        'PermissionsBoundary',
        element('PermissionsBoundaryType', 'PermissionsBoundaryPolicy'),
        element('PermissionsBoundaryArn', permissionsBoundary),
      );

/** Lists leave out tags, boundary and last use; GetRole has them. */
export const roleInList = (role: Role): string =>
  element('Path', role.path) +
  element('RoleName', role.name) +
  element('RoleId', role.uniqueId) +
  element('Arn', role.arn) +
  timestamp('CreateDate', role.createdAt) +
  policyDocument('AssumeRolePolicyDocument', role.trustPolicy) +
  optional('Description', role.description) +
  element('MaxSessionDuration', role.maxSessionDuration);

export const roleShape = (role: Role): string =>
  roleInList(role) +
  boundary(role) +
  tagList(role.tags) +
  struct(
    'RoleLastUsed',
    timestamp('LastUsedDate', role.lastUsed?.at),
    optional('Region', role.lastUsed?.region),
  );

export const userInList = (user: User): string =>
  element('Path', user.path) +
  element('UserName', user.name) +
  element('UserId', user.uniqueId) +
  element('Arn', user.arn) +
  timestamp('CreateDate', user.createdAt) +
  timestamp('PasswordLastUsed', user.loginProfile?.lastUsed);

export const userShape = (user: User): string => userInList(user) + boundary(user) + tagList(user.tags);

export const keyShape = (user: User, key: AccessKey): string =>
  element('UserName', user.name) +
  element('AccessKeyId', key.id) +
  element('Status', key.status) +
  timestamp('CreateDate', key.createdAt);

const identitiesWhere = (account: Account, fits: (identity: Identity) => boolean): number =>
  [...account.roles.values(), ...account.users.values()].filter(fits).length;

/** How many identities of the account have the policy. */
export const attachmentCount = (account: Account, arn: string): number =>
  identitiesWhere(account, ({ attachedPolicies }) => attachedPolicies.includes(arn));

/** How many have it as their boundary. */
export const boundaryCount = (account: Account, arn: string): number =>
  identitiesWhere(account, ({ permissionsBoundary }) => permissionsBoundary === arn);

export const policyInList = (account: Account, policy: ManagedPolicy): string =>
  element('PolicyName', policy.name) +
  element('PolicyId', policy.policyId) +
  element('Arn', policy.arn) +
  element('Path', policy.path) +
  element('DefaultVersionId', policy.defaultVersion) +
  element('AttachmentCount', attachmentCount(account, policy.arn)) +
  element('PermissionsBoundaryUsageCount', boundaryCount(account, policy.arn)) +
  element('IsAttachable', 'true') +
  timestamp('CreateDate', policy.createdAt) +
  timestamp('UpdateDate', policy.updatedAt);

export const policyShape = (account: Account, policy: ManagedPolicy): string =>
  policyInList(account, policy) + optional('Description', policy.description) + tagList(policy.tags);

/** ListPolicyVersions leaves out the document; GetPolicyVersion has it. */
export const versionInList = (policy: ManagedPolicy, version: PolicyVersion): string =>
  element('VersionId', version.id) +
  element('IsDefaultVersion', String(version.id === policy.defaultVersion)) +
  timestamp('CreateDate', version.createdAt);

export const versionShape = (policy: ManagedPolicy, version: PolicyVersion): string =>
  policyDocument('Document', version.document) + versionInList(policy, version);

export function instanceProfileShape(account: Account, profile: InstanceProfile): string {
  const role = profile.roleName === undefined ? undefined : account.roles.get(profile.roleName);
  return (
    element('Path', profile.path) +
    element('InstanceProfileName', profile.name) +
    element('InstanceProfileId', profile.uniqueId) +
    element('Arn', profile.arn) +
    timestamp('CreateDate', profile.createdAt) +
    struct('Roles', ...(role === undefined ? [] : [struct('member', roleInList(role))]))
  );
}

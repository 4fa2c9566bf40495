import type * as Sdk from '@aws-sdk/client-iam';
import type { Identity, IamCell, IamState, ManagedPolicyState, RoleState } from '../domain/iam/cell.ts';
import { readAttachments, readPolicyVersion, readProfilesOf } from './iam-inventory.ts';
import { decodeDocument, type IamRun, orMissing, toTags } from './iam-run.ts';

/** State of a cell right now; null: it is not there, or what it hangs on is not. */
export async function readCell(cell: IamCell, run: IamRun): Promise<IamState> {
  return (await orMissing(() => readPresent(cell, run))) ?? null;
}

async function readPresent(cell: IamCell, run: IamRun): Promise<IamState | undefined> {
  switch (cell.kind) {
    case 'access-key':
      return readKey(cell.userName, cell.accessKeyId, run);
    case 'login-profile':
      return readPassword(cell.userName, run);
    case 'role':
      return toRoleState(await readRole(cell.roleName, run));
    case 'trust-policy':
      return decodeDocument((await readRole(cell.roleName, run))?.AssumeRolePolicyDocument);
    case 'inline-policy':
      return readInline(cell.identity, cell.policyName, run);
    case 'attached-policy':
      return (await readAttachments(cell.identity, run)).includes(cell.policyArn) ? 'attached' : undefined;
    case 'managed-policy':
      return readManaged(cell.policyArn, run);
    case 'instance-profile':
      return (await readProfilesOf(cell.roleName, run)).includes(cell.instanceProfileName)
        ? 'member'
        : undefined;
  }
}

async function readKey(
  UserName: string,
  accessKeyId: string,
  run: IamRun,
): Promise<'Active' | 'Inactive' | undefined> {
  // A user has two keys at most: one page holds them (IAM User Guide, "IAM and AWS STS quotas").
  const { AccessKeyMetadata } = await run('ListAccessKeys', (client, sdk, options) =>
    client.send(new sdk.ListAccessKeysCommand({ UserName }), options),
  );
  const key = AccessKeyMetadata?.find(({ AccessKeyId }) => AccessKeyId === accessKeyId);
  if (key === undefined) return undefined;
  return key.Status === 'Active' ? 'Active' : 'Inactive';
}

async function readPassword(UserName: string, run: IamRun) {
  const { LoginProfile } = await run('GetLoginProfile', (client, sdk, options) =>
    client.send(new sdk.GetLoginProfileCommand({ UserName }), options),
  );
  return { passwordResetRequired: LoginProfile?.PasswordResetRequired === true };
}

async function readRole(RoleName: string, run: IamRun): Promise<Sdk.Role | undefined> {
  const { Role } = await run('GetRole', (client, sdk, options) =>
    client.send(new sdk.GetRoleCommand({ RoleName }), options),
  );
  return Role;
}

function toRoleState(role: Sdk.Role | undefined): RoleState | undefined {
  if (role === undefined) return undefined;
  const boundary = role.PermissionsBoundary?.PermissionsBoundaryArn;
  return {
    path: role.Path ?? '/',
    trustPolicy: decodeDocument(role.AssumeRolePolicyDocument),
    maxSessionDuration: role.MaxSessionDuration ?? 3600,
    ...(role.Description === undefined || role.Description === '' ? {} : { description: role.Description }),
    ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
    tags: toTags(role.Tags),
  };
}

async function readInline({ kind, name }: Identity, PolicyName: string, run: IamRun): Promise<string> {
  const answer =
    kind === 'role'
      ? await run('GetRolePolicy', (client, sdk, options) =>
          client.send(new sdk.GetRolePolicyCommand({ RoleName: name, PolicyName }), options),
        )
      : await run('GetUserPolicy', (client, sdk, options) =>
          client.send(new sdk.GetUserPolicyCommand({ UserName: name, PolicyName }), options),
        );
  return decodeDocument(answer.PolicyDocument);
}

async function readManaged(policyArn: string, run: IamRun): Promise<ManagedPolicyState | undefined> {
  const policy = await readPolicyVersion(policyArn, run);
  if (policy === undefined) return undefined;
  const { name, path, document, description, tags } = policy;
  return { name, path, document, ...(description === undefined ? {} : { description }), tags };
}

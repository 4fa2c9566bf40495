import type { Identity, IamCell, ManagedPolicyState } from '../domain/iam/cell.ts';
import { decodeDocument, type IamRun, orMissing, toTags } from './iam-run.ts';
import { readPages } from './pages.ts';

/** What hangs on an identity and must go before it can. */
export interface AttachedInventory {
  /** Names. */
  readonly inlinePolicies: readonly string[];
  /** ARNs. */
  readonly attachedPolicies: readonly string[];
  /** Names; of roles only. */
  readonly instanceProfiles: readonly string[];
}

/** A managed policy with its default version. */
export interface PolicyText extends ManagedPolicyState {
  /** Epoch ms of the last change to its versions. */
  readonly updatedAt: number;
  readonly versionId: string;
}

/** Names of those that have a managed policy attached. */
export interface PolicyHolders {
  readonly roles: readonly string[];
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

export async function readInventory(identity: Identity, run: IamRun): Promise<AttachedInventory> {
  return {
    inlinePolicies: await readInlineNames(identity, run),
    attachedPolicies: await readAttachments(identity, run),
    instanceProfiles: identity.kind === 'role' ? await readProfilesOf(identity.name, run) : [],
  };
}

interface Page {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

/** All pages of a list, whose items `itemsOf` takes out. */
async function readAll<P extends Page, T>(
  read: (page: { readonly Marker?: string }) => Promise<P>,
  itemsOf: (page: P) => readonly T[],
): Promise<readonly T[]> {
  const pages = readPages(async (marker) => {
    const page = await read(marker === undefined ? {} : { Marker: marker });
    return { page, nextToken: page.IsTruncated === true ? page.Marker : undefined };
  });
  const items: T[] = [];
  for await (const { page } of pages) items.push(...itemsOf(page));
  return items;
}

function readInlineNames({ kind, name }: Identity, run: IamRun): Promise<readonly string[]> {
  return readAll(
    (page) =>
      kind === 'role'
        ? run('ListRolePolicies', (client, sdk, options) =>
            client.send(new sdk.ListRolePoliciesCommand({ RoleName: name, ...page }), options),
          )
        : run('ListUserPolicies', (client, sdk, options) =>
            client.send(new sdk.ListUserPoliciesCommand({ UserName: name, ...page }), options),
          ),
    ({ PolicyNames }) => PolicyNames ?? [],
  );
}

/** ARNs of the attached policies, in IAM's order. */
export function readAttachments({ kind, name }: Identity, run: IamRun): Promise<readonly string[]> {
  return readAll(
    (page) =>
      kind === 'role'
        ? run('ListAttachedRolePolicies', (client, sdk, options) =>
            client.send(new sdk.ListAttachedRolePoliciesCommand({ RoleName: name, ...page }), options),
          )
        : run('ListAttachedUserPolicies', (client, sdk, options) =>
            client.send(new sdk.ListAttachedUserPoliciesCommand({ UserName: name, ...page }), options),
          ),
    ({ AttachedPolicies }) => (AttachedPolicies ?? []).map(({ PolicyArn }) => PolicyArn ?? ''),
  );
}

export function readProfilesOf(RoleName: string, run: IamRun): Promise<readonly string[]> {
  return readAll(
    (page) =>
      run('ListInstanceProfilesForRole', (client, sdk, options) =>
        client.send(new sdk.ListInstanceProfilesForRoleCommand({ RoleName, ...page }), options),
      ),
    ({ InstanceProfiles }) =>
      (InstanceProfiles ?? []).map(({ InstanceProfileName }) => InstanceProfileName ?? ''),
  );
}

/** GetPolicy names the default version, GetPolicyVersion has its text. undefined: there is no such policy. */
export function readPolicyVersion(PolicyArn: string, run: IamRun): Promise<PolicyText | undefined> {
  return orMissing(async () => {
    const { Policy } = await run('GetPolicy', (client, sdk, options) =>
      client.send(new sdk.GetPolicyCommand({ PolicyArn }), options),
    );
    const VersionId = Policy?.DefaultVersionId ?? 'v1';
    const { PolicyVersion } = await run('GetPolicyVersion', (client, sdk, options) =>
      client.send(new sdk.GetPolicyVersionCommand({ PolicyArn, VersionId }), options),
    );
    return {
      name: Policy?.PolicyName ?? '',
      path: Policy?.Path ?? '/',
      document: decodeDocument(PolicyVersion?.Document),
      ...(Policy?.Description === undefined ? {} : { description: Policy.Description }),
      tags: toTags(Policy?.Tags),
      updatedAt: Policy?.UpdateDate?.getTime() ?? 0,
      versionId: VersionId,
    };
  });
}

export async function readHolders(PolicyArn: string, run: IamRun): Promise<PolicyHolders> {
  const pages = await readAll(
    (page) =>
      run('ListEntitiesForPolicy', (client, sdk, options) =>
        client.send(new sdk.ListEntitiesForPolicyCommand({ PolicyArn, ...page }), options),
      ),
    (page) => [page],
  );
  return {
    roles: pages.flatMap(({ PolicyRoles }) => (PolicyRoles ?? []).map(({ RoleName }) => RoleName ?? '')),
    users: pages.flatMap(({ PolicyUsers }) => (PolicyUsers ?? []).map(({ UserName }) => UserName ?? '')),
    groups: pages.flatMap(({ PolicyGroups }) => (PolicyGroups ?? []).map(({ GroupName }) => GroupName ?? '')),
  };
}

/** IAM keeps the last use of roles, access keys and passwords; of anything else undefined. */
export async function readLastUse(cell: IamCell, run: IamRun): Promise<number | undefined> {
  switch (cell.kind) {
    case 'role': {
      const { Role } = await run('GetRole', (client, sdk, options) =>
        client.send(new sdk.GetRoleCommand({ RoleName: cell.roleName }), options),
      );
      return Role?.RoleLastUsed?.LastUsedDate?.getTime();
    }
    case 'access-key': {
      const { AccessKeyLastUsed } = await run('GetAccessKeyLastUsed', (client, sdk, options) =>
        client.send(new sdk.GetAccessKeyLastUsedCommand({ AccessKeyId: cell.accessKeyId }), options),
      );
      return AccessKeyLastUsed?.LastUsedDate?.getTime();
    }
    case 'login-profile': {
      const { User } = await run('GetUser', (client, sdk, options) =>
        client.send(new sdk.GetUserCommand({ UserName: cell.userName }), options),
      );
      return User?.PasswordLastUsed?.getTime();
    }
    default:
      return undefined;
  }
}

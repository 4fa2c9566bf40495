import type {
  AccessKey,
  Account,
  IdentityBase,
  InstanceProfile,
  ManagedPolicy,
  PublicAccessBlock,
  Resource,
  Role,
  User,
  World,
} from './model.ts';
import { mixAll } from './random.ts';

/** Makes the things of a world, with the ids and ARNs AWS would give them. */

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** `length` characters that follow from the world's seed and from how many ids it gave before. */
export function nextToken(world: World, length: number): string {
  const number = world.nextId++;
  return Array.from({ length }, (_, i) => BASE32[mixAll(world.seed, number, i) % 32]).join('');
}

/** Prefixes as in the IAM User Guide, "Unique identifiers". */
const newUniqueId = (world: World, prefix: 'AROA' | 'AIDA' | 'ANPA' | 'AIPA'): string =>
  prefix + nextToken(world, 17);

const newAccessKeyId = (world: World): string => `AKIA${nextToken(world, 16)}`;

export const NO_BLOCK: Readonly<PublicAccessBlock> = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};

export const FULL_BLOCK: Readonly<PublicAccessBlock> = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

export const createWorld = (
  facts: Pick<World, 'seed' | 'organizationId' | 'managementAccount'> & { now: number },
): World => ({
  seed: facts.seed,
  organizationId: facts.organizationId,
  managementAccount: facts.managementAccount,
  partition: 'aws',
  accounts: new Map(),
  awsPolicies: new Map(),
  resourceControlPolicies: [],
  serviceControlPolicies: [],
  clock: { now: facts.now },
  nextId: 1,
});

export function addAccount(world: World, id: string, name: string): Account {
  const account: Account = {
    id,
    name,
    roles: new Map(),
    users: new Map(),
    policies: new Map(),
    instanceProfiles: new Map(),
    resources: new Map(),
    publicAccessBlock: { ...NO_BLOCK },
    optInRegions: [],
    deniedRegions: [],
    sessions: new Map(),
  };
  world.accounts.set(id, account);
  return account;
}

/** IAM's ARNs carry no Region. `path` begins and ends with a slash. */
export const iamArn = (world: World, account: string, kind: string, pathAndName: string): string =>
  `arn:${world.partition}:iam::${account}:${kind}${pathAndName}`;

interface NewIdentity {
  readonly name: string;
  readonly path?: string;
  readonly createdAt?: number;
  readonly tags?: Record<string, string>;
}

function newIdentity(
  world: World,
  account: Account,
  kind: 'role' | 'user',
  given: NewIdentity,
): IdentityBase {
  const path = given.path ?? '/';
  return {
    name: given.name,
    path,
    arn: iamArn(world, account.id, kind, path + given.name),
    uniqueId: newUniqueId(world, kind === 'role' ? 'AROA' : 'AIDA'),
    account: account.id,
    createdAt: given.createdAt ?? world.clock.now,
    tags: { ...given.tags },
    attachedPolicies: [],
    inlinePolicies: new Map(),
    usage: new Map(),
  };
}

export function addRole(
  world: World,
  account: Account,
  given: NewIdentity & { readonly trustPolicy: string },
): Role {
  const base = newIdentity(world, account, 'role', given);
  const role: Role = {
    ...base,
    kind: 'role',
    trustPolicy: given.trustPolicy,
    trustUpdatedAt: base.createdAt,
    maxSessionDuration: 3600,
  };
  account.roles.set(role.name, role);
  return role;
}

export function addUser(world: World, account: Account, given: NewIdentity): User {
  const user: User = { ...newIdentity(world, account, 'user', given), kind: 'user', accessKeys: [] };
  account.users.set(user.name, user);
  return user;
}

export function addAccessKey(world: World, user: User, given: Partial<AccessKey>): AccessKey {
  const key: AccessKey = {
    id: newAccessKeyId(world),
    status: 'Active',
    createdAt: world.clock.now,
    ...given,
  };
  user.accessKeys.push(key);
  return key;
}

interface NewPolicy extends NewIdentity {
  readonly document: string;
  readonly description?: string;
}

function newManagedPolicy(world: World, owner: string, given: NewPolicy): ManagedPolicy {
  const path = given.path ?? '/';
  const createdAt = given.createdAt ?? world.clock.now;
  return {
    name: given.name,
    path,
    arn: iamArn(world, owner, 'policy', path + given.name),
    policyId: newUniqueId(world, 'ANPA'),
    ...(given.description === undefined ? {} : { description: given.description }),
    createdAt,
    updatedAt: createdAt,
    versions: [{ id: 'v1', document: given.document, createdAt }],
    defaultVersion: 'v1',
    lastVersion: 1,
    tags: { ...given.tags },
  };
}

export function addPolicy(world: World, account: Account, given: NewPolicy): ManagedPolicy {
  const policy = newManagedPolicy(world, account.id, given);
  account.policies.set(policy.arn, policy);
  return policy;
}

/** A policy of AWS's own, the same in every account. */
export function addAwsPolicy(world: World, given: NewPolicy): ManagedPolicy {
  const policy = newManagedPolicy(world, 'aws', given);
  world.awsPolicies.set(policy.arn, policy);
  return policy;
}

export function addInstanceProfile(
  world: World,
  account: Account,
  given: NewIdentity & { roleName?: string },
): InstanceProfile {
  const path = given.path ?? '/';
  const profile: InstanceProfile = {
    name: given.name,
    path,
    arn: iamArn(world, account.id, 'instance-profile', path + given.name),
    uniqueId: newUniqueId(world, 'AIPA'),
    createdAt: given.createdAt ?? world.clock.now,
    ...(given.roleName === undefined ? {} : { roleName: given.roleName }),
  };
  account.instanceProfiles.set(profile.name, profile);
  return profile;
}

export function addResource<T extends Resource>(account: Account, resource: T): T {
  account.resources.set(resource.arn, resource);
  return resource;
}

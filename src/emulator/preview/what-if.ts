import type { Account, Resource, Role, World } from '../world/model.ts';

/** Looks at the world as if a resource were this one, and leaves the world as it was. */
export function whatIfResource<T>(account: Account, resource: Resource, look: () => T): T {
  const before = account.resources.get(resource.arn);
  account.resources.set(resource.arn, resource);
  try {
    return look();
  } finally {
    if (before === undefined) account.resources.delete(resource.arn);
    else account.resources.set(resource.arn, before);
  }
}

/** The same for a role, by name. */
export function whatIfRole<T>(account: Account, role: Role, look: () => T): T {
  const before = account.roles.get(role.name);
  account.roles.set(role.name, role);
  try {
    return look();
  } finally {
    if (before === undefined) account.roles.delete(role.name);
    else account.roles.set(role.name, before);
  }
}

/** The role as it would be with this trust policy; one that does not exist yet has nothing else. */
export function changedRole(
  world: World,
  arn: string,
  trustPolicy: string,
  existing: Role | undefined,
): Role {
  const trustUpdatedAt = world.clock.now;
  if (existing !== undefined) return { ...existing, trustPolicy, trustUpdatedAt };
  const [, , , , account = '', resource = ''] = arn.split(':');
  const name = resource.slice(resource.lastIndexOf('/') + 1);
  return {
    kind: 'role',
    name,
    path: resource.slice('role'.length, resource.length - name.length),
    arn,
    uniqueId: 'AROAPREVIEW',
    account,
    createdAt: trustUpdatedAt,
    tags: {},
    attachedPolicies: [],
    inlinePolicies: new Map(),
    usage: new Map(),
    trustPolicy,
    trustUpdatedAt,
    maxSessionDuration: 3600,
  };
}

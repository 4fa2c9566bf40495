import type { Identity, ManagedPolicy, World } from './model.ts';
import { parsePolicy, type Statement } from './policy.ts';
import { accountOf } from './zone.ts';

/** A policy that an identity has: `id` is an ARN for a managed one and a bare name for an inline one. */
export interface HeldPolicy {
  readonly id: string;
  readonly document: string;
  /** Absent for inline policies, whose time of change IAM does not keep. */
  readonly updatedAt?: number;
}

/** A managed policy by ARN, AWS's or a customer's. */
export function findManagedPolicy(world: World, arn: string): ManagedPolicy | undefined {
  const account = accountOf(arn);
  return account === undefined ? world.awsPolicies.get(arn) : world.accounts.get(account)?.policies.get(arn);
}

function defaultDocument(policy: ManagedPolicy): string {
  const version = policy.versions.find(({ id }) => id === policy.defaultVersion);
  if (version === undefined) throw new RangeError(`${policy.arn} has no version ${policy.defaultVersion}`);
  return version.document;
}

/** Attached ones first, in the order in which they were attached. */
export function heldPolicies(world: World, identity: Identity): readonly HeldPolicy[] {
  const attached = identity.attachedPolicies.flatMap((arn): readonly HeldPolicy[] => {
    const policy = findManagedPolicy(world, arn);
    return policy === undefined
      ? []
      : [{ id: arn, document: defaultDocument(policy), updatedAt: policy.updatedAt }];
  });
  return [...attached, ...[...identity.inlinePolicies].map(([id, document]) => ({ id, document }))];
}

/** @throws PolicyError */
export const statementsOf = (world: World, identity: Identity): readonly Statement[] =>
  heldPolicies(world, identity).flatMap(({ document }) => parsePolicy(document).statements);

/** Statements of the permissions boundary; undefined: there is none. */
export function boundaryOf(world: World, identity: Identity): readonly Statement[] | undefined {
  const policy = identity.permissionsBoundary && findManagedPolicy(world, identity.permissionsBoundary);
  return policy ? parsePolicy(defaultDocument(policy)).statements : undefined;
}

const SERVICE_LINKED_PATH = '/aws-service-role/';

/** Roles that belong to a service; the customer can neither change nor use them. */
export const isServiceLinked = (identity: Identity): boolean => identity.path.startsWith(SERVICE_LINKED_PATH);

/** Those of IAM Identity Center are used, but not changed by the customer either. */
export const isProtected = (identity: Identity): boolean =>
  isServiceLinked(identity) || identity.path.startsWith('/aws-reserved/');

import { namespaceOfType } from './access.ts';
import type { OrganizationPolicy, Resource, World } from './model.ts';
import { parsePolicy } from './policy.ts';

/** Services that resource control policies reach (Organizations User Guide, "Resource control policies"). */
const RCP_SERVICES: ReadonlySet<string> = new Set([
  's3',
  'sts',
  'kms',
  'sqs',
  'secretsmanager',
  'ecr',
  'dynamodb',
]);

/** Whether a statement of the policy names an action of the service. */
const speaksOf = (policy: OrganizationPolicy, namespace: string): boolean =>
  parsePolicy(policy.document).statements.some(
    ({ effect, actions }) =>
      effect === 'Deny' &&
      actions.values.some((action) => action === '*' || action.toLowerCase().startsWith(`${namespace}:`)),
  );

const applies = (policies: readonly OrganizationPolicy[], account: string, namespace: string): boolean =>
  policies.some((policy) => policy.accounts.includes(account) && speaksOf(policy, namespace));

export type Restriction = 'APPLICABLE' | 'NOT_APPLICABLE';

/** APPLICABLE: the organization has such a policy, but it was not evaluated, so that the finding may over-report. */
export function rcpRestriction(
  world: World,
  account: string,
  type: Resource['type'] | 'AWS::IAM::Role',
): Restriction {
  const namespace = namespaceOfType(type);
  const reached = RCP_SERVICES.has(namespace) && applies(world.resourceControlPolicies, account, namespace);
  return reached ? 'APPLICABLE' : 'NOT_APPLICABLE';
}

/** The same for the policies that bind the principal's account. */
export const scpRestriction = (world: World, account: string, namespace: string): Restriction =>
  applies(world.serviceControlPolicies, account, namespace) ? 'APPLICABLE' : 'NOT_APPLICABLE';

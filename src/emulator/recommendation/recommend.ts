import type { UnusedService } from '../../domain/finding.ts';
import type { RecommendationOutcome, RecommendedStep } from '../estate/recommendation-record.ts';
import { type HeldPolicy, heldPolicies } from '../world/identity-policies.ts';
import type { Identity, World } from '../world/model.ts';
import { PolicyError } from '../world/policy.ts';
import { narrowPolicy } from './narrow-policy.ts';

/** Steps that leave an identity with what it uses, policy by policy. */
export function recommend(
  world: World,
  identityArn: string,
  unused: readonly UnusedService[],
): RecommendationOutcome {
  const identity = findIdentity(world, identityArn);
  if (identity === undefined) {
    return {
      status: 'FAILED',
      code: 'RESOURCE_NOT_FOUND',
      message: `${identityArn} does not exist any more`,
    };
  }
  if (identity.recommendationFails === true) {
    return { status: 'FAILED', code: 'INTERNAL_ERROR', message: 'The recommendation could not be generated' };
  }
  try {
    const steps = heldPolicies(world, identity).flatMap((policy) => stepsFor(policy, unused));
    return { status: 'SUCCEEDED', steps };
  } catch (thrown) {
    if (!(thrown instanceof PolicyError)) throw thrown;
    return {
      status: 'FAILED',
      code: 'INVALID_POLICY',
      message: `A policy cannot be read: ${thrown.message}`,
    };
  }
}

function findIdentity(world: World, arn: string): Identity | undefined {
  const account = world.accounts.get(arn.split(':')[4] ?? '');
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const identity = account?.roles.get(name) ?? account?.users.get(name);
  return identity?.arn === arn ? identity : undefined;
}

/** A replacement is two steps about one policy, in this order (API model, example of GetFindingRecommendation). */
function stepsFor(policy: HeldPolicy, unused: readonly UnusedService[]): readonly RecommendedStep[] {
  const existing = {
    existingPolicyId: policy.id,
    ...(policy.updatedAt === undefined ? {} : { policyUpdatedAt: policy.updatedAt }),
  };
  const narrowed = narrowPolicy(policy.document, unused);
  switch (narrowed.kind) {
    case 'everything':
      return [];
    case 'nothing':
      return [{ ...existing, recommendedAction: 'DETACH_POLICY' }];
    case 'part':
      return [
        { ...existing, recommendedAction: 'DETACH_POLICY' },
        { ...existing, recommendedAction: 'CREATE_POLICY', recommendedPolicy: narrowed.document },
      ];
  }
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  GetFindingRecommendationResponse,
  UnusedPermissionsRecommendedStep,
} from '@aws-sdk/client-accessanalyzer';
import { toRecommendation } from '../../src/aws/translate-recommendation.ts';
import { ProblemError } from '../../src/domain/problem.ts';

type Steps = readonly UnusedPermissionsRecommendedStep[];
const page = (...steps: Steps): GetFindingRecommendationResponse => ({
  status: 'SUCCEEDED',
  startedAt: new Date(1),
  resourceArn: 'arn:aws:iam::111122223333:role/test',
  recommendationType: 'UnusedPermissionRecommendation',
  recommendedSteps: steps.map((step) => ({ unusedPermissionsRecommendedStep: step })),
});
const detach = (existingPolicyId: string) =>
  ({ existingPolicyId, recommendedAction: 'DETACH_POLICY' }) as const;
const create = (existingPolicyId: string) =>
  ({ existingPolicyId, recommendedAction: 'CREATE_POLICY', recommendedPolicy: '{}' }) as const;

test('a replacement comes as two steps about one policy, on whatever pages, and is one', () => {
  const { steps } = toRecommendation([page(detach('wide'), detach('idle')), page(create('wide'))]);
  assert.deepEqual(
    steps.map(({ action, existingPolicyId }) => [action, existingPolicyId]),
    [
      ['DETACH_POLICY', 'idle'],
      ['CREATE_POLICY', 'wide'],
    ],
  );
});

test('a step that is not understood stops the whole: the others alone would take away what is used', () => {
  const strange: Steps = [
    { ...create('wide'), recommendedPolicy: undefined },
    { ...create('wide'), existingPolicyId: undefined },
    { existingPolicyId: 'wide', recommendedAction: 'MERGE_POLICY' as 'CREATE_POLICY' },
  ];
  for (const step of strange) {
    assert.throws(
      () => toRecommendation([page(detach('wide'), step)]),
      (thrown) => thrown instanceof ProblemError && thrown.problem.kind === 'bad-answer',
    );
  }
});

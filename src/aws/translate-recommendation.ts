import type {
  GetFindingRecommendationResponse,
  RecommendedStep as WireStep,
} from '@aws-sdk/client-accessanalyzer';
import { ProblemError } from '../domain/problem.ts';
import type { RecommendationAnswer, RecommendedStep } from '../domain/recommendation.ts';
import { cleanText } from '../domain/text.ts';

/** The pages of one recommendation. Throws ProblemError for a step that is not understood: the rest alone may do harm. */
export function toRecommendation(pages: readonly GetFindingRecommendationResponse[]): RecommendationAnswer {
  const [head] = pages;
  const { status, error, startedAt, completedAt } = head ?? {};
  return {
    status: status === 'SUCCEEDED' || status === 'FAILED' ? status : 'IN_PROGRESS',
    startedAt: startedAt?.getTime() ?? 0,
    ...(completedAt === undefined ? {} : { completedAt: completedAt.getTime() }),
    ...(error === undefined ? {} : { error: [error.code, error.message].filter(Boolean).join(': ') }),
    resourceArn: head?.resourceArn ?? '',
    steps: withoutReplaced(pages.flatMap(({ recommendedSteps }) => (recommendedSteps ?? []).map(toStep))),
  };
}

/**
 * The service says a replacement as two steps about one policy, DETACH_POLICY and CREATE_POLICY (API model, example of
 * GetFindingRecommendation). Here CREATE_POLICY is the whole of it: alone, DETACH_POLICY means that nothing was used.
 */
function withoutReplaced(steps: readonly RecommendedStep[]): readonly RecommendedStep[] {
  const replaced = new Set(
    steps.filter(({ action }) => action === 'CREATE_POLICY').map(({ existingPolicyId }) => existingPolicyId),
  );
  return steps.filter(
    ({ action, existingPolicyId }) => action === 'CREATE_POLICY' || !replaced.has(existingPolicyId),
  );
}

function toStep({ unusedPermissionsRecommendedStep: step }: WireStep): RecommendedStep {
  const { recommendedAction: action, existingPolicyId = '', recommendedPolicy, policyUpdatedAt } = step ?? {};
  const isWhole =
    existingPolicyId !== '' &&
    (action === 'DETACH_POLICY' || (action === 'CREATE_POLICY' && recommendedPolicy !== undefined));
  if (!isWhole) throw new ProblemError(strangeStep(String(action), existingPolicyId));
  return {
    action,
    existingPolicyId,
    ...(recommendedPolicy === undefined ? {} : { recommendedPolicy }),
    ...(policyUpdatedAt === undefined ? {} : { policyUpdatedAt: policyUpdatedAt.getTime() }),
  };
}

const strangeStep = (action: string, policy: string) =>
  ({
    kind: 'bad-answer',
    message: `Access Analyzer recommends a step that is not known here: ${cleanText(action)} of ${policy === '' ? 'a policy that it does not name' : cleanText(policy)}.`,
    hint: 'Look at the recommendation in the AWS console; nothing of it is applied from here.',
  }) as const;

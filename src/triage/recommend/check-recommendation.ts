import type { StoredFinding } from '../../domain/listing.ts';
import { fail, type Result, succeed, toProblem } from '../../domain/problem.ts';
import type { Recommendation, RecommendedChange } from '../../domain/recommendation.ts';
import type { ResolveDeps } from '../resolve/ports.ts';

/** The changes that a paid check can judge: those with a text before and after. */
export const checkable = ({ changes }: Recommendation): readonly RecommendedChange[] =>
  changes.filter(({ step, existing }) => step.recommendedPolicy !== undefined && existing !== undefined);

/**
 * CheckNoNewAccess (existing → recommended) of every change. Costs CHECK_PRICE each: say checkPriceText and ask before
 * calling this.
 */
export async function checkRecommendation(
  finding: StoredFinding,
  recommendation: Recommendation,
  { gateway, signal }: ResolveDeps,
): Promise<Result<Recommendation>> {
  try {
    const changes: RecommendedChange[] = [];
    for (const change of recommendation.changes) {
      const { existing } = change;
      const changed = change.step.recommendedPolicy;
      if (existing === undefined || changed === undefined) {
        changes.push(change);
        continue;
      }
      const far = gateway.at(finding);
      const verdict = await far.checkNoNewAccess({ existing, changed }, 'IDENTITY_POLICY', signal);
      changes.push({ ...change, verdict });
    }
    return succeed({ ...recommendation, changes });
  } catch (thrown) {
    return fail(toProblem(thrown));
  }
}

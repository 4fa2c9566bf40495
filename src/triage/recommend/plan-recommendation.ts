import type { Plan } from '../../domain/journal.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import { fail, type Result, succeed, toProblem } from '../../domain/problem.ts';
import type { Recommendation } from '../../domain/recommendation.ts';
import type { ExportedPolicy } from '../../domain/recommendation-export.ts';
import type { FixPlace } from '../resolve/fix.ts';
import { loadFactsFor } from '../resolve/load-facts.ts';
import { permissionPlan } from '../resolve/plan-permissions.ts';
import type { PrepareDeps } from '../resolve/ports.ts';

export interface PlannedRecommendation {
  /** New policies under the names that they would get. */
  readonly policies: readonly ExportedPolicy[];
  readonly commands: readonly string[];
}

/** What applying a recommendation would make, to be exported instead of applied. */
export async function planRecommendation(
  finding: StoredFinding,
  recommendation: Recommendation,
  place: FixPlace,
  deps: PrepareDeps,
): Promise<Result<PlannedRecommendation>> {
  try {
    const facts = await loadFactsFor(finding, recommendation, place, deps);
    const plan = permissionPlan(finding, place, facts);
    return succeed({
      policies: policiesOf(plan),
      commands: plan.operations.map(({ command }) => command),
    });
  } catch (thrown) {
    return fail(toProblem(thrown));
  }
}

function policiesOf({ operations }: Plan): readonly ExportedPolicy[] {
  return operations.flatMap(({ change }): ExportedPolicy[] => {
    if (change.kind !== 'iam' || change.backup.after === null) return [];
    const { cell, after } = change.backup;
    if (cell.kind === 'inline-policy' && typeof after === 'string') {
      return [{ name: cell.policyName, inline: true, text: after }];
    }
    if (typeof after === 'string' || !('document' in after)) return [];
    return [{ name: after.name, inline: false, text: after.document }];
  });
}

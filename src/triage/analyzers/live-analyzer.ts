import type { Analyzer } from '../../domain/analyzer.ts';
import type { ArchiveRule } from '../../domain/archive-rule.ts';
import { fail, type Problem, type Result, succeed, toProblem } from '../../domain/problem.ts';
import { cleanText } from '../../domain/text.ts';
import type { LiveAnalyzer, TriageGateway, TriageStore } from '../ports.ts';
import { readRules } from '../rules/present-rules.ts';

/** An analyzer and its archive rules as AWS has them now: what is lost when it is deleted. */
export interface AnalyzerTruth extends LiveAnalyzer {
  readonly rules: readonly ArchiveRule[];
}

interface ReadDeps {
  readonly gateway: TriageGateway;
  readonly store: TriageStore;
  readonly signal?: AbortSignal;
}

type Place = Pick<Analyzer, 'profile' | 'region' | 'arn'>;

/** Reads an analyzer that is to be deleted. One that is gone, or that a service manages, is refused. */
export async function loadAnalyzer(place: Place, deps: ReadDeps): Promise<Result<AnalyzerTruth>> {
  const { profile, region, arn } = place;
  try {
    const live = await deps.gateway.at({ profile, region }).readAnalyzer(arn, deps.signal);
    if (live === undefined) return fail(isGone(place));
    if (live.analyzer.managedBy !== undefined) return fail(isManaged(live.analyzer, live.analyzer.managedBy));
    const rules = await readRules({ profile, region, analyzerArn: arn }, deps);
    return succeed({ ...live, rules });
  } catch (thrown) {
    return fail(toProblem(thrown));
  }
}

const isGone = ({ arn, region }: Place): Problem => ({
  kind: 'not-found',
  message: `There is no analyzer ${arn.slice(arn.lastIndexOf('/') + 1)} in ${region} any more.`,
  hint: 'Refresh the store: iam-triage sync',
});

/** Only the service that made it can take a service-linked analyzer away. */
export const isManaged = ({ name, region }: Analyzer, service: string): Problem => ({
  kind: 'conflict',
  message: `The analyzer ${name} in ${region} belongs to ${cleanText(service)}: only that service can delete it.`,
  hint: 'Turn off in that service what it needs the analyzer for.',
});

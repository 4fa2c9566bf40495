import type { FindingRef } from '../../domain/finding.ts';
import { fail, type Problem, type Result, succeed } from '../../domain/problem.ts';
import type { RecommendationAnswer } from '../../domain/recommendation.ts';
import type { RecommendDeps } from '../resolve/ports.ts';

/** Typically within 20 seconds (User Guide, "Unused access findings"); three times as long is still waited for. */
const USUAL_MS = 20_000;
const LONGEST_MS = 120_000;
/** First looks come quickly, later ones ever slower: the service publishes no rates. */
const WAITS_MS = [1000, 2000, 3000, 5000];

/** Asks for a new recommendation and waits until it is there, failed (with its reason), or takes too long. */
export async function waitForRecommendation(
  ref: FindingRef,
  deps: RecommendDeps,
): Promise<Result<RecommendationAnswer>> {
  const { gateway, clock, signal } = deps;
  const far = gateway.at(ref);
  const started = clock.now();
  await far.generateRecommendation(ref, signal);
  for (let look = 0; ; look += 1) {
    const answer = await far.readRecommendation(ref, signal);
    if (answer?.status === 'SUCCEEDED') return succeed(answer);
    if (answer?.status === 'FAILED') return fail(failedProblem(answer));
    const elapsedMs = clock.now() - started;
    deps.onProgress?.({ elapsedMs, usualMs: USUAL_MS });
    if (signal?.aborted === true) return fail({ kind: 'cancelled', message: 'Cancelled.' });
    if (elapsedMs >= LONGEST_MS) return fail(slowProblem(elapsedMs));
    await clock.sleep(WAITS_MS[look] ?? 5000, signal);
  }
}

const failedProblem = ({ error }: RecommendationAnswer): Problem => ({
  kind: 'service',
  message: `Access Analyzer could not recommend a policy: ${error ?? 'it gave no reason'}.`,
  hint: 'Look at the policies of the role or user; a policy that cannot be read, or that is gone, stops it.',
});

const slowProblem = (elapsedMs: number): Problem => ({
  kind: 'timeout',
  message: `The recommendation was not there after ${Math.round(elapsedMs / 1000)} seconds.`,
  hint: 'It goes on being made: ask again in a minute.',
  retryable: true,
});

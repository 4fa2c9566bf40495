import type { StoredFinding } from '../../domain/listing.ts';
import { toProblem } from '../../domain/problem.ts';
import type { PreviewedFinding } from '../../domain/recommendation.ts';
import type { PreviewOutcome } from './fix.ts';
import type { ResolveDeps } from './ports.ts';

/** A preview takes seconds; after this long it is not waited for. */
const WAIT_MS = 60_000;
const POLL_MS = 1000;

/**
 * What a changed trust policy would do to the finding, asked of its analyzer before anything is changed. That it could not
 * be asked is an outcome too: nothing is thrown.
 */
export async function previewTrust(
  finding: StoredFinding,
  trustPolicy: string,
  deps: ResolveDeps,
): Promise<PreviewOutcome> {
  const { analyzerArn, resource } = finding;
  const far = deps.gateway.at(finding);
  const options = deps.signal === undefined ? {} : { signal: deps.signal };
  try {
    const clientToken = `preview-${finding.id}-${deps.clock.now()}`.slice(0, 64);
    const id = await far.previewTrustPolicy(analyzerArn, resource, trustPolicy, { clientToken, ...options });
    const failed = await waitForPreview(finding, id, deps);
    if (failed !== undefined) return failed;
    return judge(finding, await far.listPreviewFindings(analyzerArn, id, deps.signal));
  } catch (thrown) {
    return { verdict: 'unchecked', sentence: `It could not be previewed: ${toProblem(thrown).message}` };
  }
}

async function waitForPreview(
  finding: StoredFinding,
  id: string,
  { gateway, clock, signal }: ResolveDeps,
): Promise<PreviewOutcome | undefined> {
  const until = clock.now() + WAIT_MS;
  for (;;) {
    const { status, reason } = await gateway.at(finding).readPreview(finding.analyzerArn, id, signal);
    if (status === 'COMPLETED') return undefined;
    if (status === 'FAILED') {
      return { verdict: 'failed', sentence: `The access preview failed: ${reason ?? 'no reason given'}.` };
    }
    if (signal?.aborted === true || clock.now() >= until) {
      return { verdict: 'unchecked', sentence: 'The access preview took too long and was not waited for.' };
    }
    await clock.sleep(POLL_MS, signal);
  }
}

function judge({ id }: StoredFinding, previewed: readonly PreviewedFinding[]): PreviewOutcome {
  const own = previewed.find(({ existingFindingId }) => existingFindingId === id);
  const fresh = previewed.filter(({ changeType, status }) => changeType === 'NEW' && status === 'ACTIVE');
  if (own !== undefined && own.status !== 'RESOLVED') {
    return { verdict: 'stays', sentence: `The access preview says that the finding stays ${own.status}.` };
  }
  if (fresh.length > 0) {
    return {
      verdict: 'moves',
      sentence: `The access preview says that the finding goes and ${fresh.length} new ${fresh.length === 1 ? 'finding comes' : 'findings come'}.`,
    };
  }
  return { verdict: 'resolved', sentence: 'The access preview says that the finding will be RESOLVED.' };
}

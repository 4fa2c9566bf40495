import { join } from 'node:path';
import type { Recommendations, Resolutions } from '../app/services.ts';
import { parseArn } from '../domain/arn.ts';
import type { ExposureId } from '../domain/exposure.ts';
import type { StoredFinding } from '../domain/listing.ts';
import type { Result } from '../domain/problem.ts';
import { fail, succeed } from '../domain/problem.ts';
import { fetchDetail } from './detail-service.ts';
import { checkNoNewAccess, exportAs, recommend, writeFiles } from './recommend-service.ts';
import { proveFindings, resolveFinding } from './resolve-service.ts';
import type { Runtime } from './runtime.ts';

/** Recommended policies, as the console asks for them: of a row, not of a finding. */
export function createRecommendations(runtime: Runtime): Recommendations {
  return {
    load: async (exposureId, options) => {
      const found = await mainFinding(runtime, exposureId, options.signal);
      if (!found.ok) return found;
      const finding = found.value;
      const recommendation = await recommend(runtime, finding, options);
      return recommendation.ok ? succeed({ finding, recommendation: recommendation.value }) : recommendation;
    },
    check: async ({ finding, recommendation }, signal) => {
      const checked = await checkNoNewAccess(runtime, finding, recommendation, { signal });
      return checked.ok ? succeed({ finding, recommendation: checked.value }) : checked;
    },
    format: async ({ finding, recommendation }, format) => {
      const files = await exportAs(runtime, finding, recommendation, [format]);
      return files.ok ? succeed(files.value.map(({ text }) => text).join('\n')) : files;
    },
    save: async ({ finding, recommendation }, formats) => {
      const files = await exportAs(runtime, finding, recommendation, formats);
      if (!files.ok) return files;
      const folder = join(runtime.paths.exports, folderName(finding, runtime.now()));
      const written = await writeFiles(folder, files.value);
      return written.ok ? succeed({ folder, files: written.value.length }) : written;
    },
  };
}

/** Fixes and proofs, as the console asks for them; `stop` ends every wait. */
export function createResolutions(runtime: Runtime): Resolutions & { stop(): void } {
  const ending = new AbortController();
  return {
    load: async (exposureId, options) => {
      const found = await mainFinding(runtime, exposureId, options.signal);
      return found.ok ? resolveFinding(runtime, found.value, options) : found;
    },
    prove: async (exposureId, { onProgress, signal }) => {
      const findings = findingsOf(runtime, exposureId);
      if (!findings.ok) return findings;
      return proveFindings(runtime, findings.value.filter(isLive), {
        signal: AbortSignal.any([signal, ending.signal]),
        onProgress: (_finding, progress) => onProgress(progress),
      });
    },
    stop: () => ending.abort(),
  };
}

const isLive = ({ goneAt }: StoredFinding): boolean => goneAt === undefined;

/** Its policies beside each other, apart from those of another minute. */
function folderName({ resource }: StoredFinding, now: number): string {
  const name = (parseArn(resource)?.resourceName ?? resource).replace(/[^\w+=,.@-]/g, '_');
  return `iam-triage-policy-${name}-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}`;
}

function findingsOf(runtime: Runtime, id: ExposureId): Result<readonly StoredFinding[]> {
  const store = runtime.store();
  if (!store.ok) return store;
  const findings = store.value.exposure(id)?.findings ?? [];
  return findings.length > 0
    ? succeed(findings)
    : fail({ kind: 'not-found', message: 'This row is gone from the store.' });
}

/** The finding that stands for the exposure, with its detail where that can be had: an active one, else any that lives. */
async function mainFinding(
  runtime: Runtime,
  id: ExposureId,
  signal: AbortSignal,
): Promise<Result<StoredFinding>> {
  const findings = findingsOf(runtime, id);
  if (!findings.ok) return findings;
  const live = findings.value.filter(isLive);
  const main = live.find(({ status }) => status === 'ACTIVE') ?? live[0] ?? findings.value[0];
  if (main === undefined) return fail({ kind: 'not-found', message: 'This row is gone from the store.' });
  if (main.detail !== undefined || main.findingType === 'ExternalAccess') return succeed(main);
  // Last use stands in the detail; without it the rest can still be shown.
  await fetchDetail(runtime, main, signal);
  const store = runtime.store();
  return succeed((store.ok ? store.value.finding(main) : undefined) ?? main);
}

import { makeFolder } from '../cache/make-folder.ts';
import { join } from 'node:path';
import type { ExportedFile, ExportFormat } from '../domain/recommendation-export.ts';
import { EXPORT_FORMATS, exportRecommendation } from '../domain/recommendation-export.ts';
import type { StoredFinding } from '../domain/listing.ts';
import type { Result } from '../domain/problem.ts';
import { fail, succeed } from '../domain/problem.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import { checkRecommendation } from '../triage/recommend/check-recommendation.ts';
import { identityOf, loadRecommendation } from '../triage/recommend/load-recommendation.ts';
import type { FixPlace } from '../triage/resolve/fix.ts';
import { findFixPlace } from '../triage/resolve/fix-place.ts';
import type { PrepareDeps } from '../triage/resolve/ports.ts';
import { planRecommendation } from '../triage/recommend/plan-recommendation.ts';
import { writeNewFile } from './new-file.ts';
import { type PrepareOptions, toPrepareDeps } from './resolve-service.ts';
import { openBoth, type Runtime } from './runtime.ts';

/** The recommendation of an UnusedPermission finding beside the live policies; generated where there is none yet. */
export const recommend = (
  runtime: Runtime,
  finding: StoredFinding,
  options: PrepareOptions = {},
): Promise<Result<Recommendation>> =>
  inPlace(runtime, finding, options, (place, deps) => loadRecommendation(finding, place, deps));

/** Paid: name the price (checkPriceText) and ask before. */
export const checkNoNewAccess = (
  runtime: Runtime,
  finding: StoredFinding,
  recommendation: Recommendation,
  options: PrepareOptions = {},
): Promise<Result<Recommendation>> =>
  inPlace(runtime, finding, options, (_, deps) => checkRecommendation(finding, recommendation, deps));

/** The recommendation as files of one format; reads which policy names are free. */
export async function exportAs(
  runtime: Runtime,
  finding: StoredFinding,
  recommendation: Recommendation,
  formats: readonly ExportFormat[] = EXPORT_FORMATS,
): Promise<Result<readonly ExportedFile[]>> {
  const planned = await inPlace(runtime, finding, {}, (place, deps) =>
    planRecommendation(finding, recommendation, place, deps),
  );
  if (!planned.ok) return planned;
  const identity = identityOf(finding) ?? { kind: 'role', name: '' };
  return succeed(formats.flatMap((format) => exportRecommendation(format, { identity, ...planned.value })));
}

/** Writes files, readable by their owner only; one that exists is never overwritten. Answers their paths. */
export async function writeFiles(
  folder: string,
  files: readonly ExportedFile[],
): Promise<Result<readonly string[]>> {
  const elsewhere = { hint: 'Name another folder with --out.' };
  try {
    makeFolder(folder);
  } catch (thrown) {
    const { message } = thrown as NodeJS.ErrnoException;
    return fail({
      kind: 'file',
      message: `The folder ${folder} could not be made: ${message}.`,
      ...elsewhere,
    });
  }
  const paths: string[] = [];
  for (const { name, text } of files) {
    const path = join(folder, name);
    const written = await writeNewFile(path, [text], name.endsWith('.sh') ? { mode: 0o700 } : {});
    if (!written.ok) return fail({ ...written.problem, ...elsewhere });
    paths.push(path);
  }
  return succeed(paths);
}

async function inPlace<T>(
  runtime: Runtime,
  finding: StoredFinding,
  options: PrepareOptions,
  use: (place: FixPlace, deps: PrepareDeps) => Promise<Result<T>>,
): Promise<Result<T>> {
  const opened = await openBoth(runtime);
  if (!opened.ok) return opened;
  const deps = toPrepareDeps(runtime, opened.value.gateway, options);
  const place = await findFixPlace(finding, deps);
  return place.ok ? use(place.value, deps) : place;
}

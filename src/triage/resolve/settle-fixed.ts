import type { ExposureDetail, StoredFinding } from '../../domain/listing.ts';

/** What the marks "fixed, waiting for proof" are held against. */
export interface FixedStore {
  fixedMarks(): ReadonlyMap<string, number>;
  setFixedMark(exposureId: string, at: number | undefined): void;
  exposure(exposureId: string): ExposureDetail | undefined;
  /** By the ARN of a resource. */
  findById(text: string): readonly StoredFinding[];
}

export interface SettledMark {
  readonly exposureId: string;
  readonly verdict: 'proven' | 'came-back' | 'not-proven';
}

/**
 * Looks after each sync whether fixes that wait for their proof have it: all findings RESOLVED or gone and none in their
 * place. What is settled loses its mark; an analysis that failed proves nothing and goes on waiting.
 */
export function settleFixedMarks(store: FixedStore): readonly SettledMark[] {
  return [...store.fixedMarks()].flatMap(([exposureId, at]): SettledMark[] => {
    const verdict = judgeMark(store.exposure(exposureId), at, store);
    if (verdict === undefined) return [];
    if (verdict !== 'not-proven') store.setFixedMark(exposureId, undefined);
    return [{ exposureId, verdict }];
  });
}

/** undefined: not known yet. */
function judgeMark(
  exposure: ExposureDetail | undefined,
  fixedAt: number,
  store: FixedStore,
): SettledMark['verdict'] | undefined {
  if (exposure === undefined) return 'proven';
  const { findings, errorFindings } = exposure;
  const old = findings.filter(({ createdAt }) => createdAt <= fixedAt);
  if (old.some(({ status, goneAt }) => status !== 'RESOLVED' && goneAt === undefined)) return undefined;
  if (errorFindings > 0) return 'not-proven';
  const [first] = old;
  const onResource = first === undefined ? findings : store.findById(first.resource);
  const returned = onResource.some(
    ({ status, goneAt, findingType, createdAt }) =>
      status === 'ACTIVE' &&
      goneAt === undefined &&
      createdAt > fixedAt &&
      old.some((each) => each.findingType === findingType),
  );
  return returned ? 'came-back' : 'proven';
}

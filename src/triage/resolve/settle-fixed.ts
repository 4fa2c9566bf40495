import type { ExposureDetail, StoredFinding } from '../../domain/listing.ts';

/** What the marks "fixed, waiting for proof" are held against. */
export interface FixedStore {
  fixedMarks(): ReadonlyMap<string, number>;
  setFixedMark(exposureId: string, at: number | undefined): void;
  exposure(exposureId: string): ExposureDetail | undefined;
  /** By the ARN of a resource. */
  findById(text: string): readonly StoredFinding[];
}

/** What is known of a fix; `not-proven`: its finding is RESOLVED, but the analysis of the resource fails. */
export type FixVerdict = 'proven' | 'came-back' | 'not-proven' | 'waiting';

export interface JudgedFix {
  readonly exposureId: string;
  readonly verdict: FixVerdict;
}

/**
 * Looks after each sync whether the fixes that wait for their proof have it: all findings RESOLVED or gone and none in
 * their place. What is settled loses its mark; an analysis that failed proves nothing and goes on waiting.
 */
export function settleFixedMarks(store: FixedStore): readonly JudgedFix[] {
  return [...store.fixedMarks()].map(([exposureId, at]) => {
    const verdict = judgeMark(store.exposure(exposureId), at, store);
    if (isSettled(verdict)) store.setFixedMark(exposureId, undefined);
    return { exposureId, verdict };
  });
}

const isSettled = (verdict: FixVerdict): boolean => verdict === 'proven' || verdict === 'came-back';

const fixesText = (count: number): string => (count === 1 ? '1 fix' : `${count} fixes`);

const VERDICT_TEXTS: Readonly<Record<FixVerdict, (count: number) => string>> = {
  'came-back': (count) => `${count === 1 ? '1 fixed finding' : `${count} fixed findings`} came back`,
  'not-proven': (count) => `${fixesText(count)} not proven, for the analysis failed`,
  proven: (count) => `${fixesText(count)} proven`,
  waiting: (count) => `${fixesText(count)} not yet proven`,
};

/** `2 fixes proven; 1 fix not yet proven.`, the worst first; undefined: none was waited for. */
export function judgedText(fixes: readonly JudgedFix[]): string | undefined {
  const verdicts = Object.keys(VERDICT_TEXTS) as FixVerdict[];
  const parts = verdicts.flatMap((verdict) => {
    const count = fixes.filter((fix) => fix.verdict === verdict).length;
    return count === 0 ? [] : [VERDICT_TEXTS[verdict](count)];
  });
  return parts.length === 0 ? undefined : `${parts.join('; ')}.`;
}

function judgeMark(exposure: ExposureDetail | undefined, fixedAt: number, store: FixedStore): FixVerdict {
  if (exposure === undefined) return 'proven';
  const { findings, errorFindings } = exposure;
  const old = findings.filter(({ createdAt }) => createdAt <= fixedAt);
  if (old.some(({ status, goneAt }) => status !== 'RESOLVED' && goneAt === undefined)) return 'waiting';
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

import type { JournalEntry } from '../domain/journal.ts';
import type { StoredFinding } from '../domain/listing.ts';
import type { Result } from '../domain/problem.ts';
import { succeed } from '../domain/problem.ts';
import type { Fix, FixName, Resolution } from '../triage/resolve/fix.ts';
import type { PrepareDeps, WaitProgress } from '../triage/resolve/ports.ts';
import { prepareResolution } from '../triage/resolve/prepare-resolution.ts';
import { type Proof, proveFinding, type ProveProgress } from '../triage/resolve/prove.ts';
import { createChangeService } from './change-service.ts';
import { createClock } from './clock.ts';
import { fetchDetail } from './detail-service.ts';
import { openBoth, type FullGateway, type Runtime } from './runtime.ts';

export interface PrepareOptions {
  /** For the fix that lets only one organization in. */
  readonly organizationId?: string;
  /** Told while a recommendation is being made. */
  readonly onProgress?: (progress: WaitProgress) => void;
  readonly signal?: AbortSignal;
}

/** What a preparation runs on, from a runtime. */
export const toPrepareDeps = (
  runtime: Runtime,
  gateway: FullGateway,
  options: PrepareOptions = {},
): PrepareDeps => ({
  ...options,
  gateway,
  clock: createClock(runtime.now),
  fixRoleName: runtime.settings.values.fixRoleName,
});

/** The fixes of a finding, safest first; reads AWS, changes nothing. Run `fix.plan` through ChangeService.run. */
export async function resolveFinding(
  runtime: Runtime,
  finding: StoredFinding,
  options: PrepareOptions = {},
): Promise<Result<Resolution>> {
  const opened = await openBoth(runtime);
  if (!opened.ok) return opened;
  const { store, gateway } = opened.value;
  if (finding.detail === undefined && finding.goneAt === undefined) {
    // What the detail adds is missed where it is needed; a failure is then said there.
    await fetchDetail(runtime, finding, options.signal);
  }
  const known = store.finding(finding) ?? finding;
  return prepareResolution(known, toPrepareDeps(runtime, gateway, options));
}

/**
 * The fix of this name, else the safest that can be applied; undefined: none can. What is final has to be named: run once
 * more, a script that deactivated a key would delete it.
 */
export function chooseFix({ fixes }: Resolution, name: FixName | undefined): Fix | undefined {
  return name === undefined
    ? fixes.find(({ plan, final }) => plan !== undefined && final !== true)
    : fixes.find((fix) => fix.name === name);
}

export interface ScanOptions {
  /** Told at each look at each finding. */
  readonly onProgress?: (finding: StoredFinding, progress: ProveProgress) => void;
  readonly signal?: AbortSignal;
  /** How long to wait; default: 30 minutes. */
  readonly longestMs?: number;
}

export interface ProvenFinding {
  readonly finding: StoredFinding;
  readonly proof: Result<Proof>;
}

export interface ScanOutcome {
  /** Absent: nothing of it could be scanned. */
  readonly entry?: JournalEntry;
  readonly findings: readonly ProvenFinding[];
}

/** Asks for a scan (through the journal) where one can be asked for, then waits for the truth about each finding. */
export async function scanAndProve(
  runtime: Runtime,
  findings: readonly StoredFinding[],
  options: ScanOptions = {},
): Promise<Result<ScanOutcome>> {
  const service = createChangeService(runtime);
  const plan = service.planScan(findings);
  const entry = plan.operations.length === 0 ? undefined : await service.run(plan, undefined, options.signal);
  if (entry?.ok === false) return entry;
  const proven = await proveFindings(runtime, findings, options);
  if (!proven.ok) return proven;
  return succeed({ findings: proven.value, ...(entry === undefined ? {} : { entry: entry.value }) });
}

/** Waits for the truth about each finding side by side; a scan was asked for before. */
export async function proveFindings(
  runtime: Runtime,
  findings: readonly StoredFinding[],
  { onProgress, signal, longestMs }: ScanOptions = {},
): Promise<Result<readonly ProvenFinding[]>> {
  const opened = await openBoth(runtime);
  if (!opened.ok) return opened;
  const { store, gateway } = opened.value;
  const { analyzers } = store.summary();
  const proven = await Promise.all(
    findings.map(async (finding): Promise<ProvenFinding> => {
      const proof = await proveFinding(finding, {
        gateway,
        store,
        clock: createClock(runtime.now),
        analyzers,
        ...(signal === undefined ? {} : { signal }),
        ...(longestMs === undefined ? {} : { longestMs }),
        ...(onProgress === undefined ? {} : { onProgress: (progress) => onProgress(finding, progress) }),
      });
      return { finding, proof };
    }),
  );
  for (const { finding, proof } of proven) {
    if (proof.ok && isSettled(proof.value) && store.fixedMarks().has(finding.exposureId))
      clearWhenAllSettled(finding.exposureId, store);
  }
  return succeed(proven);
}

const isSettled = ({ kind }: Proof): boolean =>
  kind === 'resolved' || kind === 'gone' || kind === 'came-back';

/** A role is seen from many Regions: the mark goes when none of them has it open any more. */
function clearWhenAllSettled(
  exposureId: string,
  store: {
    exposure(id: string): { readonly findings: readonly StoredFinding[] } | undefined;
    setFixedMark(id: string, at: undefined): void;
  },
): void {
  const open = (store.exposure(exposureId)?.findings ?? []).some(
    ({ status, goneAt }) => status !== 'RESOLVED' && goneAt === undefined,
  );
  if (!open) store.setFixedMark(exposureId, undefined);
}

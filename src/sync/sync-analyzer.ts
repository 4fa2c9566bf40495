import { analyzerKind, type Analyzer } from '../domain/analyzer.ts';
import { toProblem } from '../domain/problem.ts';
import { cleanText } from '../domain/text.ts';
import { runFullPass, type WatchWaiting } from './full-pass.ts';
import { runIncrementalPass } from './incremental-pass.ts';
import type { Limit } from './limit.ts';
import { CLOCK_SKEW, planAnalyzer, wantsRules, type AnalyzerPlan, type PlanFacts } from './plan-sync.ts';
import type { Pass, PassStart, RegionGateway, SyncStore } from './ports.ts';

export interface AnalyzerSyncOptions {
  readonly gateway: RegionGateway;
  readonly store: SyncStore;
  readonly clock: () => number;
  readonly full: boolean;
  readonly limit: Limit;
  readonly watchWaiting: WatchWaiting;
  readonly onPage: (findings: number) => void;
  /** Something a person should know that is no failure. */
  readonly onNote: (note: string) => void;
  readonly signal: AbortSignal;
}

/** Brings one analyzer's findings and archive rules up to date; throws ProblemError. */
export async function syncAnalyzer(analyzer: Analyzer, options: AnalyzerSyncOptions): Promise<void> {
  const { store, clock, full } = options;
  const facts: PlanFacts = {
    analyzer,
    full,
    last: store.lastPass(analyzer.profile, analyzer.arn),
    interrupted: store.interruptedPass(analyzer.profile, analyzer.arn),
    now: clock(),
  };
  const plan = planAnalyzer(facts);
  if (plan.kind === 'skip') return options.onNote(plan.why);
  const rules = wantsRules(facts, plan) ? syncRules(analyzer, options) : undefined;
  const configuration = wantsConfiguration(analyzer, plan) ? syncConfiguration(analyzer, options) : undefined;
  const findings = runPlan(analyzer, plan, options);
  // All end before a failure is told: nothing goes on behind the caller's back.
  const [ended] = await Promise.allSettled([findings, rules, configuration]);
  if (ended.status === 'rejected') throw ended.reason;
}

async function runPlan(analyzer: Analyzer, plan: AnalyzerPlan, options: AnalyzerSyncOptions): Promise<void> {
  if (plan.kind === 'incremental' && (await listChanges(analyzer, plan.since, options))) return;
  const resume = plan.kind === 'full' ? plan.resume : undefined;
  if (resume !== undefined && (await goOn(analyzer, resume, options))) return;
  await listAll(analyzer, undefined, options);
}

type Resume = NonNullable<Extract<AnalyzerPlan, { kind: 'full' }>['resume']>;

/** Page tokens may have expired, in whatever words the service says so: then everything is listed anew. */
async function goOn(analyzer: Analyzer, resume: Resume, options: AnalyzerSyncOptions): Promise<boolean> {
  try {
    await listAll(analyzer, resume, options);
    return true;
  } catch (thrown) {
    if (toProblem(thrown).kind !== 'invalid') throw thrown;
    return false;
  }
}

async function listAll(
  analyzer: Analyzer,
  resume: Resume | undefined,
  options: AnalyzerSyncOptions,
): Promise<void> {
  const mode = { mode: 'full', ...(resume === undefined ? {} : { resume: resume.pass }) } as const;
  const cursor = resume === undefined ? {} : { cursor: resume.cursor };
  await inPass(analyzer, mode, options, async (pass, startedAt) => {
    const { mayMissChanges } = await runFullPass({ ...options, analyzer, pass, ...cursor });
    // Where the service cannot list changes, the next pass brings what was missed.
    if (mayMissChanges)
      await runIncrementalPass({
        ...options,
        analyzer,
        pass,
        since: startedAt - CLOCK_SKEW,
        onPage: noProgress,
      });
    return true;
  });
}

function noProgress(): void {
  // These findings have been counted, each in the share where it was first.
}

/** `false`: the service does not sort by what changed last. */
const listChanges = (analyzer: Analyzer, since: number, options: AnalyzerSyncOptions): Promise<boolean> =>
  inPass(analyzer, { mode: 'incremental' }, options, async (pass) => {
    const ended = await runIncrementalPass({ ...options, analyzer, pass, since });
    return ended === 'done';
  });

/** `work` says whether the pass is complete; an incomplete one leaves the last good state. */
async function inPass(
  { profile, region, arn }: Analyzer,
  mode: Pick<PassStart, 'mode' | 'resume'>,
  { store, clock }: AnalyzerSyncOptions,
  work: (pass: Pass, startedAt: number) => Promise<boolean>,
): Promise<boolean> {
  const startedAt = mode.resume?.startedAt ?? clock();
  const pass = store.beginPass({ profile, region, analyzerArn: arn, startedAt, ...mode });
  let complete = false;
  try {
    complete = await work(pass, startedAt);
  } finally {
    if (complete) pass.finish(clock());
    else pass.interrupt();
  }
  return complete;
}

/** The tracking period of unused access is not in the list of analyzers; it changes seldom. */
const wantsConfiguration = (analyzer: Analyzer, plan: AnalyzerPlan): boolean =>
  plan.kind === 'full' && analyzerKind(analyzer.type) === 'unused';

async function syncConfiguration(
  analyzer: Analyzer,
  { gateway, store, limit, onNote, signal }: AnalyzerSyncOptions,
): Promise<void> {
  try {
    const configured = await limit(() => gateway.getAnalyzer(analyzer, signal));
    store.saveAnalyzers(analyzer, [configured]);
  } catch (thrown) {
    const { kind, message } = toProblem(thrown);
    if (kind !== 'cancelled')
      onNote(
        `The tracking period of ${cleanText(analyzer.name)} in ${analyzer.region} is not known: ${message}`,
      );
  }
}

/** Rules that may not be read are no reason to call the findings unseen. */
async function syncRules(
  analyzer: Analyzer,
  { gateway, store, limit, onNote, signal }: AnalyzerSyncOptions,
): Promise<void> {
  try {
    const rules = await limit(() => gateway.listArchiveRules(analyzer, signal));
    store.saveArchiveRules(analyzer.arn, analyzer.profile, rules);
  } catch (thrown) {
    const { kind, message } = toProblem(thrown);
    if (kind !== 'cancelled')
      onNote(
        `The archive rules of ${cleanText(analyzer.name)} in ${analyzer.region} were not read: ${message}`,
      );
  }
}

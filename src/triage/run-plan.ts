import type { JournalEntry, JournalOperation, Plan } from '../domain/journal.ts';
import { fail, type Problem, type ProblemKind, type Result, succeed, toProblem } from '../domain/problem.ts';
import { closeEntry } from './close-entry.ts';
import { type DecisionChange, decisionChangeOf, saveDecisions } from './decisions.ts';
import {
  type ExecutorContext,
  executorOf,
  type Executors,
  type OperationResult,
  toRecord,
} from './executors/executor.ts';
import { isAsWanted, unsentResult } from './finding-outcomes.ts';
import type { JournalStore } from './ports.ts';
import { guardReadOnly } from './read-only.ts';
import { recoverEntry } from './recover.ts';
import { type OperationRecord, sendAndReadBack } from './send-and-read-back.ts';
import { groupByAnalyzer, sideBySide } from './side-by-side.ts';

/** Analyzers that are changed at the same time; the requests of one analyzer go one after the other. */
const ANALYZERS_AT_ONCE = 4;

/** What the engine of changes runs on: the ports, and who it is. */
export interface TriageDeps extends ExecutorContext {
  readonly journal: JournalStore;
  readonly executors: Executors;
  /** This process, see owner.ts. */
  readonly by: string;
  readonly readOnly: boolean;
}

export interface RunPlanOptions extends TriageDeps {
  readonly plan: Plan;
  readonly onProgress?: (progress: PlanProgress) => void;
}

export interface PlanProgress {
  readonly operations: number;
  readonly finished: number;
  readonly failed: number;
  /** Findings with an outcome so far, and of these the ones that are as wanted. */
  readonly findings: number;
  readonly changed: number;
}

/**
 * Makes a plan true: the whole plan is in the journal before the first request; one failing chunk does not stop the
 * others; what really happened is read back and written for each finding. The entry says how it ended; a Problem
 * means that nothing was sent (read-only, a kind of change that cannot be run) or that the journal itself failed and
 * goes on failing.
 */
export async function runPlan(options: RunPlanOptions): Promise<Result<JournalEntry>> {
  const { plan, journal, clock } = options;
  const allowed = guardReadOnly(options.readOnly, plan.title);
  if (!allowed.ok) return allowed;
  const stranger = plan.operations.find(({ change }) => executorOf(options.executors, change) === undefined);
  if (stranger !== undefined) {
    return fail({ kind: 'bug', message: `Nothing here can run a change of kind ${stranger.change.kind}.` });
  }
  let entry: JournalEntry | undefined;
  try {
    entry = journal.openEntry(plan, clock.now(), options.by);
    await runOperations(entry, options);
    return succeed(closeEntry(entry.id, options));
  } catch (thrown) {
    const problem = toProblem(thrown);
    return entry === undefined ? fail(problem) : endCutShort(entry.id, problem, options);
  }
}

/**
 * The journal failed half way. Where it can be written again (another program held it for too long) the entry ends now
 * with what really happened; else it stays open, and the problem says where that is found out.
 */
async function endCutShort(
  id: number,
  problem: Problem,
  options: RunPlanOptions,
): Promise<Result<JournalEntry>> {
  try {
    const entry = options.journal.entry(id);
    const recovery = entry === undefined ? undefined : await recoverEntry(entry, options, problem);
    if (recovery !== undefined && recovery.unread === undefined) return succeed(recovery.entry);
  } catch {
    // It still cannot be written: why is known.
  }
  return fail({
    ...problem,
    message: `${problem.message} Entry ${id} of the journal was cut short by it.`,
    hint: `${problem.hint ?? ''} What was sent is read back at the next start, or by iam-triage undo ${id}.`.trim(),
  });
}

interface Run extends RunPlanOptions {
  readonly entry: JournalEntry;
  readonly decisions: DecisionChange;
  readonly progress: { -readonly [K in keyof PlanProgress]: PlanProgress[K] };
  /** Profiles whose credentials turned out not to work: nothing more is sent with them. */
  readonly dead: Map<string, Problem>;
}

async function runOperations(entry: JournalEntry, options: RunPlanOptions): Promise<void> {
  const lanes = groupByAnalyzer(entry.operations);
  const progress = { operations: entry.operations.length, finished: 0, failed: 0, findings: 0, changed: 0 };
  const run: Run = {
    ...options,
    entry,
    progress,
    decisions: decisionChangeOf(entry, options.journal),
    dead: new Map(),
  };
  await sideBySide(lanes.values(), ANALYZERS_AT_ONCE, (lane) => runLane(lane, run));
}

/** The credentials of a profile: no other Region would answer them either. */
const STOPS_PROFILE: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'no-credentials',
  'expired-credentials',
  'mfa-required',
]);
/** No other chunk of the same analyzer would fare better. */
const STOPS_ANALYZER: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'denied',
  'region-not-enabled',
  'unknown-region',
]);
/** The line is down: give up on an analyzer after this many in a row, each of which took its full time limit. */
const LOST_IN_A_ROW = 2;

async function runLane(lane: readonly JournalOperation[], run: Run): Promise<void> {
  let lost = 0;
  let stopped: Problem | undefined;
  const broken = new Map<string, Problem>();
  for (const operation of lane) {
    stopped ??= run.signal?.aborted === true ? CANCELLED : run.dead.get(operation.profile);
    const chain = chainOf(operation);
    const obstacle = stopped ?? (chain === undefined ? undefined : broken.get(chain));
    if (obstacle !== undefined) {
      skip(operation, obstacle, run);
      continue;
    }
    const problem = await runOperation(operation, run);
    if (problem === undefined) {
      lost = 0;
      continue;
    }
    lost = problem.kind === 'unreachable' || problem.kind === 'timeout' ? lost + 1 : 0;
    if (chain !== undefined) broken.set(chain, problem);
    if (STOPS_PROFILE.has(problem.kind)) run.dead.set(operation.profile, problem);
    else if (stopsAnalyzer(problem, operation) || lost >= LOST_IN_A_ROW) stopped = problem;
  }
}

const CANCELLED: Problem = { kind: 'cancelled', message: 'Cancelled before it was sent.' };

/** Chunks of findings and scans stand alone; the steps about one rule, and those of a fix, build on each other. */
function chainOf({ change }: JournalOperation): string | undefined {
  if ('ruleName' in change) return change.ruleName;
  return change.kind === 'iam' ? change.kind : undefined;
}

/** No other request to the same analyzer would fare better. What is not found may be a rule or a resource alone. */
function stopsAnalyzer({ kind }: Problem, { change }: JournalOperation): boolean {
  return STOPS_ANALYZER.has(kind) || (kind === 'not-found' && change.kind === 'update-findings');
}

/** The problem of the request, when the truth read back afterwards is not what was wanted. */
async function runOperation(operation: JournalOperation, run: Run): Promise<Problem | undefined> {
  const executor = executorOf(run.executors, operation.change);
  if (executor === undefined) throw new Error(`no executor for ${operation.change.kind}`);
  const note = (record: OperationRecord): void =>
    run.journal.setOperation(run.entry.id, operation.index, record);
  const { attempt, result } = await sendAndReadBack({ executor, operation, note }, run);
  note(toRecord(result, run.clock.now()));
  if (result.outcomes !== undefined) saveDecisions(run.decisions, result.outcomes, run);
  report(result.state, result, run);
  if (result.state === 'done') return undefined;
  return attempt.problem ?? { kind: 'service', message: result.error ?? 'It did not come out as wanted.' };
}

function skip(operation: JournalOperation, problem: Problem, run: Run): void {
  const unsent = unsentResult(operation, problem);
  run.journal.setOperation(run.entry.id, operation.index, {
    ...toRecord(unsent, run.clock.now()),
    state: 'skipped',
  });
  report('skipped', unsent, run);
}

function report(
  state: OperationResult['state'] | 'skipped',
  { outcomes }: Pick<OperationResult, 'outcomes'>,
  run: Run,
): void {
  const { progress } = run;
  progress.finished += 1;
  if (state !== 'done') progress.failed += 1;
  progress.findings += outcomes?.length ?? 0;
  progress.changed += outcomes?.filter(isAsWanted).length ?? 0;
  run.onProgress?.({ ...progress });
}

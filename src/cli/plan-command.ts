import { formatCount, formatNumber } from '../domain/format-count.ts';
import type { FindingOutcome, JournalEntry, Plan } from '../domain/journal.ts';
import type { Problem, Result } from '../domain/problem.ts';
import { cleanText } from '../domain/text.ts';
import { toJsonText } from '../domain/json-text.ts';
import { createChangeService } from '../services/change-service.ts';
import { guardReadOnly } from '../triage/read-only.ts';
import { summarizePlan } from '../triage/summarize-plan.ts';
import { isUndoable } from '../triage/undo-stack.ts';
import { ask } from './ask.ts';
import type { CommandInput, CommandIo, ExitCode } from './command.ts';
import { toEntryJson } from '../services/formats/journal-json.ts';
import { print } from './print.ts';
import { createProgressBar } from './progress-bar.ts';

/** What a command says besides the plan itself. */
export interface PlanFacts {
  /** Fields of the answer with --json, before the run and after it. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Lines above the plan. */
  readonly text: string;
  /** What has to be done once it is confirmed, before anything is sent: where that fails, nothing is. */
  readonly before?: () => Promise<Result<void>>;
}

/**
 * Shows a plan, asks (unless --yes), runs it through the journal and reports what was read back. `--dry-run` stops after
 * showing. Exit code 3 when some of it failed, 1 when all of it did.
 */
export async function runPlanCommand(
  input: CommandInput,
  plan: Plan,
  facts: PlanFacts = { json: {}, text: '' },
): Promise<ExitCode | Problem> {
  const { io, options, runtime } = input;
  const json = options.flag('json');
  const planned = `${toJsonText({ ...facts.json, plan: toPlanJson(plan) })}\n`;
  if (plan.operations.length === 0) {
    const left = [...(plan.notes ?? []).map(cleanText), formatSkipped(plan)].filter((line) => line !== '');
    await print(io.out, json ? planned : `${['Nothing to do.', ...left].join('\n')}\n`);
    return plan.skipped.length > 0 ? 3 : 0;
  }
  if (options.flag('dry-run')) {
    await print(io.out, json ? planned : facts.text + formatPlan(plan));
    return 0;
  }
  const obstacle = await clearTheWay(input, plan, facts);
  if (obstacle !== undefined) return obstacle;
  const bar = createProgressBar(io);
  const entry = await createChangeService(runtime).run(
    plan,
    ({ finished, operations, findings }) =>
      bar.update(finished / operations, `${formatCount(findings, 'finding')} read back`),
    input.signal,
  );
  bar.finish();
  if (!entry.ok) return entry.problem;
  const answer = { ...facts.json, ...(toEntryJson(entry.value) as object) };
  await print(io.out, json ? `${toJsonText(answer)}\n` : formatEntry(entry.value));
  return entry.value.state === 'failed' ? 1 : entry.value.state === 'partial' ? 3 : 0;
}

/** What stands between a plan and its first request. */
async function clearTheWay(
  { io, options, runtime, signal }: CommandInput,
  plan: Plan,
  { text, before }: PlanFacts,
): Promise<Problem | undefined> {
  const allowed = guardReadOnly(runtime.readOnly, plan.title);
  if (!allowed.ok) return allowed.problem;
  if (!options.flag('yes')) {
    io.err.write(text);
    const refused = await confirm(io, plan, signal);
    if (refused !== undefined) return refused;
  }
  const ready = await before?.();
  return ready?.ok === false ? ready.problem : undefined;
}

async function confirm(io: CommandIo, plan: Plan, signal: AbortSignal): Promise<Problem | undefined> {
  io.err.write(formatPlan(plan));
  if (!io.interactive) {
    return {
      kind: 'usage',
      message: 'Nobody is there to confirm this; nothing was sent.',
      hint: 'Add --yes to do it.',
    };
  }
  const word = plan.typedWord ?? 'yes';
  const answer = await ask(io, `Type ${word} to do it: `, signal);
  if (answer?.trim() === word) return undefined;
  return { kind: 'cancelled', message: 'Nothing was sent.' };
}

/** The plan in words: per analyzer and Region, public ones named, commands, and what is left out. */
export function formatPlan(plan: Plan): string {
  const { lines } = summarizePlan(plan);
  const publicOnes = (plan.publicResources ?? []).slice(0, 5).map(cleanText);
  return [
    `${cleanText(plan.title)}${plan.reason === undefined ? '' : ` · ${cleanText(plan.reason)}`}`,
    ...lines.map(
      ({ region, analyzerName, profile, findings, requests }) =>
        `  ${region}  ${cleanText(analyzerName)} (${cleanText(profile)})  ${formatCount(findings, 'finding')} in ${formatCount(requests, 'request')}`,
    ),
    ...(plan.publicCount > 0
      ? [`  ! ${formatNumber(plan.publicCount)} of them public: ${publicOnes.join(', ')}`]
      : []),
    ...(plan.notes ?? []).map((note) => `  ${cleanText(note)}`),
    ...plan.operations.flatMap(({ change, command }) => (change.kind === 'iam' ? [`  $ ${command}`] : [])),
    formatSkipped(plan),
  ]
    .filter((line) => line !== '')
    .join('\n')
    .concat('\n');
}

function formatSkipped(plan: Plan): string {
  return summarizePlan(plan)
    .skipped.map(({ why, count }) => `  ${formatNumber(count)} left out: ${why}`)
    .join('\n');
}

/** What was read back, and every finding that is not as wanted. */
export function formatEntry(entry: JournalEntry): string {
  const outcomes = entry.operations.flatMap(({ outcomes: read }) => read ?? []);
  const count = (...kinds: readonly FindingOutcome['outcome'][]) =>
    formatNumber(outcomes.filter(({ outcome }) => kinds.includes(outcome)).length);
  const wrong = outcomes.filter(({ outcome }) => outcome !== 'changed' && outcome !== 'already');
  const strays = outcomes.filter(({ outcome, error }) => outcome === 'changed' && error !== undefined);
  const failed = entry.operations.filter(({ error }) => error !== undefined);
  return [
    `${cleanText(entry.title)}: ${entry.state}, entry ${entry.id} of the journal.`,
    outcomes.length === 0
      ? ''
      : `  ${count('changed')} changed, ${count('already')} were so already, ${formatNumber(wrong.length)} not as wanted (read back from AWS).`,
    ...[...wrong, ...strays].map(
      ({ ref, outcome, error }) =>
        `  ${ref.region} ${cleanText(ref.id)} ${outcome}${error === undefined ? '' : `: ${cleanText(error)}`}`,
    ),
    ...entry.operations.flatMap(({ change, state, command }) =>
      change.kind === 'iam' ? [`  ${(state === 'sent' ? 'unknown' : state).padEnd(7)} ${command}`] : [],
    ),
    ...(wrong.length === 0
      ? failed.map(({ region, error }) => `  ${region}: ${cleanText(error ?? '')}`)
      : []),
    isUndoable(entry) ? `  Take it back: iam-triage undo ${entry.id}` : '',
  ]
    .filter((line) => line !== '')
    .join('\n')
    .concat('\n');
}

export const toPlanJson = (plan: Plan): unknown => ({
  title: plan.title,
  kind: plan.kind,
  reason: plan.reason,
  publicCount: plan.publicCount,
  operations: plan.operations.map(({ profile, region, analyzerArn, change, command }) => ({
    profile,
    region,
    analyzerArn,
    ...change,
    command,
  })),
  skipped: plan.skipped,
  ...(plan.notes === undefined ? {} : { notes: plan.notes }),
});

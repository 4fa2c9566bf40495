import type { FindingRef } from '../domain/finding.ts';
import type { JournalEntry, Plan } from '../domain/journal.ts';
import { fail, type Result, succeed } from '../domain/problem.ts';
import { whyNotBack } from './analyzers/plan-delete-analyzer.ts';
import { isAtWork } from './owner.ts';
import { planFinish, refsToFinish } from './plan-finish.ts';
import { planRedo, planUndo, type PresentTruth, refsToUndo } from './plan-undo.ts';
import type { JournalStore, TriageClock, TriageGateway, TriageStore } from './ports.ts';
import { loadPresent } from './present.ts';
import { loadPresentIam } from './resolve/present-iam.ts';
import { loadPresentRules } from './rules/present-rules.ts';
import { isClosed, isUndoable, selectRedo, selectUndo } from './undo-stack.ts';

export interface UndoDeps {
  readonly gateway: TriageGateway;
  readonly store: TriageStore;
  readonly journal: JournalStore;
  readonly clock: TriageClock;
  readonly signal?: AbortSignal;
}

/** Reads back what the entry (the last one that can be undone, if none is named) left, and plans its undo. */
export async function prepareUndo(deps: UndoDeps, entryId?: number): Promise<Result<Plan>> {
  const entry = entryId === undefined ? selectUndo(deps.journal) : deps.journal.entry(entryId);
  if (entry === undefined)
    return fail({ kind: 'not-found', message: noEntry(entryId, 'undo'), hint: JOURNAL_HINT });
  if (!isUndoable(entry))
    return fail({ kind: 'conflict', message: whyNotUndoable(entry, deps.clock.now()), hint: hintFor(entry) });
  return succeed(planUndo(entry, await loadTruth(entry, refsToUndo(entry), deps)));
}

/** The same for the last undo that nothing new has come after. */
export async function prepareRedo(deps: UndoDeps): Promise<Result<Plan>> {
  const undo = selectRedo(deps.journal);
  const original = undo?.of === undefined ? undefined : deps.journal.entry(undo.of);
  if (undo === undefined || original === undefined) {
    return fail({ kind: 'not-found', message: noEntry(undefined, 'redo'), hint: JOURNAL_HINT });
  }
  return succeed(planRedo(undo, original, await loadTruth(undo, refsToUndo(undo), deps)));
}

/** What is left of an entry that was interrupted or done in part. */
export async function prepareFinish(entry: JournalEntry, deps: UndoDeps): Promise<Plan> {
  return planFinish(entry, await loadTruth(entry, refsToFinish(entry), deps));
}

async function loadTruth(
  entry: JournalEntry,
  refs: readonly FindingRef[],
  deps: UndoDeps,
): Promise<PresentTruth> {
  const [present, rules, iam] = await Promise.all([
    loadPresent(refs, deps),
    loadPresentRules(entry.operations, deps),
    loadPresentIam(entry.operations, deps),
  ]);
  return { present, rules, iam, store: deps.store };
}

const JOURNAL_HINT = 'See what was done: iam-triage journal';

/** What stands in the way of older entries is gone round by naming one. */
const hintFor = (entry: JournalEntry): string =>
  entry.kind === 'analyzer' || !isClosed(entry)
    ? 'An older entry can be named: iam-triage journal, then iam-triage undo ENTRY'
    : JOURNAL_HINT;

const noEntry = (id: number | undefined, verb: 'undo' | 'redo'): string =>
  id === undefined ? `There is nothing to ${verb}.` : `The journal has no entry ${id}.`;

function whyNotUndoable(entry: JournalEntry, now: number): string {
  const name = `Entry ${entry.id} (${entry.title})`;
  if (entry.undoneBy !== undefined) return `${name} was undone already, by entry ${entry.undoneBy}.`;
  if (!isClosed(entry)) {
    return isAtWork(entry, now)
      ? `${name} is still under way.`
      : `${name} was cut short, and what came of it has not been read back yet.`;
  }
  if (entry.kind === 'undo') return `${name} is itself an undo: Z in the console takes it back.`;
  const [deletion] = entry.operations.flatMap(({ change, state }) =>
    change.kind === 'delete-analyzer' && (state === 'done' || state === 'sent') ? [change] : [],
  );
  if (deletion !== undefined) return `${name} cannot be undone. ${whyNotBack(deletion)}`;
  if (entry.kind === 'scan') return `${name} changed nothing that could be undone.`;
  return `${name} changed nothing, so there is nothing to undo.`;
}

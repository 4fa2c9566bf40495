import type { JournalEntry, JournalOperation } from '../domain/journal.ts';
import type { Problem } from '../domain/problem.ts';
import { closeEntry } from './close-entry.ts';
import { decisionChangeOf, saveDecisions } from './decisions.ts';
import {
  type ExecutorContext,
  executorOf,
  type Executors,
  type OperationResult,
  toRecord,
} from './executors/executor.ts';
import { unsentResult } from './finding-outcomes.ts';
import { isAtWork, type Machine, thisMachine } from './owner.ts';
import type { JournalStore } from './ports.ts';

/** Entries in flight whose process is no longer at work on them: after a crash or a dropped line. Oldest first. */
export function loadInterrupted(
  journal: JournalStore,
  now: number,
  machine: Machine = thisMachine,
): readonly JournalEntry[] {
  return journal
    .openEntries()
    .filter((entry) => !isAtWork(entry, now, machine))
    .sort((a, b) => a.id - b.id);
}

/** What became of an interrupted entry. */
export interface Recovery {
  /** Closed with the truth, unless `unread` says that some of it could not be read: then it stays open. */
  readonly entry: JournalEntry;
  readonly unread?: Problem;
}

interface RecoverDeps extends ExecutorContext {
  readonly journal: JournalStore;
  readonly executors: Executors;
}

/**
 * Reads the truth back for each operation of an interrupted entry that has no outcome yet and writes it to the journal, up
 * to the first that cannot be read: with the line down, thousands of requests would each fail for nothing.
 * Sends nothing: finishing (planFinish) or undoing (planUndo) is the person's choice. `why` it was cut short, where that
 * is known: what was not sent for it needs no reading.
 */
export async function recoverEntry(entry: JournalEntry, deps: RecoverDeps, why?: Problem): Promise<Recovery> {
  const decisions = decisionChangeOf(entry, deps.journal);
  for (const operation of entry.operations.filter(isOpen)) {
    const result = await readTruth(operation, deps, why);
    const unread = unreadProblem(result);
    if (unread !== undefined) return { entry: deps.journal.entry(entry.id) ?? entry, unread };
    deps.journal.setOperation(entry.id, operation.index, toRecord(result, deps.clock.now()));
    saveDecisions(decisions, result.outcomes ?? [], deps);
  }
  return { entry: closeEntry(entry.id, deps) };
}

const isOpen = ({ state }: JournalOperation): boolean => state === 'planned' || state === 'sent';

async function readTruth(
  operation: JournalOperation,
  deps: RecoverDeps,
  why: Problem | undefined,
): Promise<OperationResult> {
  const executor = executorOf(deps.executors, operation.change);
  if (executor === undefined)
    return { state: 'failed', error: `Nothing here can read ${operation.change.kind} back.` };
  if (operation.state === 'sent') return executor.readBack(operation, { sent: true }, deps);
  return why === undefined
    ? executor.readBack(operation, { sent: false }, deps)
    : unsentResult(operation, why);
}

function unreadProblem({ unread, error }: OperationResult): Problem | undefined {
  if (unread === undefined) return undefined;
  return { kind: 'unreachable', message: error ?? 'The truth could not be read back.', retryable: true };
}

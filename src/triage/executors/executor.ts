import type { Change, FindingOutcome, JournalOperation } from '../../domain/journal.ts';
import { type Problem, type ProblemKind, toProblem } from '../../domain/problem.ts';
import type { TriageClock, TriageGateway, TriageStore } from '../ports.ts';

/** What an executor works with. */
export interface ExecutorContext {
  readonly gateway: TriageGateway;
  readonly store: TriageStore;
  readonly clock: TriageClock;
  /** Aborted: send nothing more. Reading back goes on, so that the journal knows the truth. */
  readonly signal?: AbortSignal;
}

export type OperationOf<C extends Change> = JournalOperation & { readonly change: C };

/** What became of sending. */
export interface Attempt {
  /** `false`: never sent (recovery after a crash, before its turn came; or `problem` stood in the way). */
  readonly sent: boolean;
  /** Why the request as a whole failed, or why its answer is not known. */
  readonly problem?: Problem;
  /** Findings that the service refused one by one. */
  readonly refused?: ReadonlyMap<string, Problem>;
}

/** A request that was taken, or whose answer was lost on the way, may show only when it is looked for once more. */
export const mayCome = ({ sent, problem }: Attempt): boolean =>
  sent && (problem === undefined || LOST_ANSWER.has(problem.kind));

const LOST_ANSWER: ReadonlySet<ProblemKind> = new Set<ProblemKind>(['unreachable', 'timeout', 'bad-answer']);

/** The truth as read back, ready for the journal. */
export interface OperationResult {
  readonly state: 'done' | 'failed';
  /** One sentence, where not everything is as wanted. */
  readonly error?: string;
  readonly outcomes?: readonly FindingOutcome[];
  /** The truth could not be read: whether it is done is not known. */
  readonly unread?: true;
}

/**
 * How one kind of change is made. `look`, where there is one, reads before anything is sent: findings that need no
 * request are returned with their outcome, so that what others did is never claimed, nor undone; what stands in the way of
 * sending is thrown. `execute` sends and may throw ProblemError; `readBack` reads what is really there
 * now and never throws for something the service said: what cannot be read is an outcome too.
 */
export interface Executor<C extends Change = Change> {
  look?(operation: OperationOf<C>, context: ExecutorContext): Promise<readonly FindingOutcome[]>;
  execute(operation: OperationOf<C>, context: ExecutorContext): Promise<Attempt>;
  readBack(operation: OperationOf<C>, attempt: Attempt, context: ExecutorContext): Promise<OperationResult>;
}

/**
 * Sends what `prepare` finds left to do; undefined: nothing, it is as wanted already. What that throws stood in the way
 * before anything was sent; what `send` throws may have come through, and is thrown on.
 */
export async function prepareAndSend<T>(
  prepare: () => Promise<T | undefined>,
  send: (ready: T) => Promise<void>,
): Promise<Attempt> {
  let ready: T | undefined;
  try {
    ready = await prepare();
  } catch (thrown) {
    return { sent: false, problem: toProblem(thrown) };
  }
  if (ready === undefined) return { sent: false };
  await send(ready);
  return { sent: true };
}

/** Of a change that nobody had to send: it counts as done but not as its entry's, and undo leaves it alone. */
export const SO_ALREADY = 'It was so already: nothing was sent.';

/** Executors by kind of change. A kind without one cannot be run: `runPlan` refuses the plan before it is journalled. */
export type Executors = { readonly [K in Change['kind']]?: Executor<ChangeOf<K>> };

type ChangeOf<K extends Change['kind'], C extends Change = Change> = C extends unknown
  ? K extends C['kind']
    ? C
    : never
  : never;

/** What carries out such a change; undefined: nothing here can (a journal of a newer program). */
export function executorOf(executors: Executors, change: Change): Executor | undefined {
  return executors[change.kind];
}

/** The result as the journal takes it: what became of a request is not known until it is read back, so it stays `sent`. */
export function toRecord({ state, error, outcomes, unread }: OperationResult, at: number) {
  return {
    state: unread === undefined ? state : ('sent' as const),
    at,
    ...(error === undefined ? {} : { error }),
    ...(outcomes === undefined ? {} : { outcomes }),
  };
}

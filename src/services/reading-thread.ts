import type { RuleDraft } from '../app/rules/rule-editor.ts';
import type { DraftRequest, RulePlanRequest } from '../app/rules/rule-effects.ts';
import type { ChangeTarget, ExportFormat } from '../app/services.ts';
import type { Plan } from '../domain/journal.ts';
import type { ListQuery, StoredFinding } from '../domain/listing.ts';
import type { Result } from '../domain/problem.ts';
import { type Job, type JobOrder, type JobReply, startJob } from './job-thread.ts';
import { type Answer, type Exported, isShort, type Reading, runReading } from './reading.ts';
import type { Runtime } from './runtime.ts';

export interface ReadingOrder extends JobOrder {
  readonly reading: Reading;
}

export type ReadingReply = JobReply<never, Answer>;

/** What reads much, each time on a thread of its own; what does not, at once. */
export interface ReadingThread {
  planRule(request: RulePlanRequest): Promise<Result<Plan>>;
  planScan(target: ChangeTarget): Promise<Result<Plan>>;
  /** Without a number: of the last entry. */
  planUndo(entryId?: number): Promise<Result<Plan>>;
  planRedo(): Promise<Result<Plan>>;
  planFinish(entryId: number): Promise<Result<Plan>>;
  draftRule(request: DraftRequest): Promise<Result<RuleDraft>>;
  /** At most so many. */
  findingsOf(target: ChangeTarget, limit: number): Promise<Result<readonly StoredFinding[]>>;
  exportList(query: ListQuery, format: ExportFormat): Promise<Result<Exported>>;
  stop(): void;
}

export function createReadingThread(runtime: Runtime): ReadingThread {
  const jobs = new Set<Job<unknown>>();
  const runElsewhere = async (reading: Reading): Promise<Result<Answer>> => {
    const order: ReadingOrder = { ground: runtime.ground, reading };
    const job = startJob<ReadingOrder, never, Answer>('reading-worker', order);
    // An export that has begun is finished, whatever is quit meanwhile: half a file would look like a whole one.
    if (reading.kind !== 'export') jobs.add(job);
    try {
      return await job.result;
    } finally {
      jobs.delete(job);
    }
  };
  // Each kind has its answer, as runReading gives it.
  const ask = <Ended extends Answer>(reading: Reading): Promise<Result<Ended>> =>
    (isShort(reading, runtime) ? runReading(reading, runtime) : runElsewhere(reading)) as Promise<
      Result<Ended>
    >;
  return {
    planRule: (request) => ask({ kind: 'plan-rule', request }),
    planScan: (target) => ask({ kind: 'plan-scan', target }),
    planUndo: (entryId) => ask({ kind: 'plan-undo', ...(entryId === undefined ? {} : { entryId }) }),
    planRedo: () => ask({ kind: 'plan-redo' }),
    planFinish: (entryId) => ask({ kind: 'plan-finish', entryId }),
    draftRule: (request) => ask({ kind: 'draft-rule', request }),
    findingsOf: (target, limit) => ask({ kind: 'copy', target, limit }),
    exportList: (query, format) => ask({ kind: 'export', query, format }),
    stop: () => {
      for (const job of jobs) job.stop();
    },
  };
}

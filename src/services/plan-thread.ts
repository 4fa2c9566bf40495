import type { RuleDraft } from '../app/rules/rule-editor.ts';
import type { DraftRequest, RulePlanRequest } from '../app/rules/rule-effects.ts';
import type { ChangeTarget } from '../app/services.ts';
import type { Plan } from '../domain/journal.ts';
import type { Result } from '../domain/problem.ts';
import { type Job, type JobOrder, type JobReply, startJob } from './job-thread.ts';
import type { RuntimeGround } from './runtime.ts';

/** What takes reading every finding of an analyzer, or of a hundred thousand marks: seconds, at a million. */
export type Planned =
  | { readonly kind: 'rule'; readonly request: RulePlanRequest }
  | { readonly kind: 'scan'; readonly target: ChangeTarget }
  | { readonly kind: 'draft'; readonly request: DraftRequest };

export interface PlanOrder extends JobOrder {
  readonly planned: Planned;
}

export type PlanReply = JobReply<never, Plan | RuleDraft>;

/** Plans that read much, each on a thread of its own. Nothing is sent there. */
export interface PlanThread {
  planRule(request: RulePlanRequest): Promise<Result<Plan>>;
  planScan(target: ChangeTarget): Promise<Result<Plan>>;
  draftRule(request: DraftRequest): Promise<Result<RuleDraft>>;
  stop(): void;
}

export function createPlanThread(ground: RuntimeGround): PlanThread {
  const jobs = new Set<Job<unknown>>();
  const ask = async <Ended>(planned: Planned): Promise<Result<Ended>> => {
    const job = startJob<PlanOrder, never, Ended>('plan-worker', { ground, planned });
    jobs.add(job);
    try {
      return await job.result;
    } finally {
      jobs.delete(job);
    }
  };
  return {
    planRule: (request) => ask({ kind: 'rule', request }),
    planScan: (target) => ask({ kind: 'scan', target }),
    draftRule: (request) => ask({ kind: 'draft', request }),
    stop: () => {
      for (const job of jobs) job.stop();
    },
  };
}

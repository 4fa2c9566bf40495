import type { Plan } from '../domain/journal.ts';

/** One line of the dialog: what a plan does to one analyzer. */
export interface PlanLine {
  readonly profile: string;
  readonly region: string;
  readonly analyzerArn: string;
  readonly analyzerName: string;
  /** Findings that UpdateFindings calls of the plan name, or that a rule is foreseen to archive. */
  readonly findings: number;
  readonly requests: number;
}

export interface PlanSummary {
  readonly lines: readonly PlanLine[];
  readonly findings: number;
  readonly requests: number;
  readonly regions: readonly string[];
  readonly publicCount: number;
  /** Why findings were left out, and how many for each reason; most first. */
  readonly skipped: readonly { readonly why: string; readonly count: number }[];
}

/** Numbers per analyzer and Region, in the order Region, analyzer, profile. */
export function summarizePlan(plan: Plan): PlanSummary {
  const lines = new Map<string, PlanLine>();
  for (const { profile, region, analyzerArn, change } of plan.operations) {
    const key = `${profile} ${analyzerArn}`;
    const line = lines.get(key);
    lines.set(key, {
      profile,
      region,
      analyzerArn,
      analyzerName: analyzerNameOf(analyzerArn),
      findings: (line?.findings ?? 0) + findingsOf(change),
      requests: (line?.requests ?? 0) + 1,
    });
  }
  const sorted = [...lines.values()].sort(byPlace);
  return {
    lines: sorted,
    findings: sorted.reduce((sum, line) => sum + line.findings, 0),
    requests: plan.operations.length,
    regions: [...new Set(sorted.map((line) => line.region))],
    publicCount: plan.publicCount,
    skipped: countReasons(plan.skipped),
  };
}

function findingsOf(change: Plan['operations'][number]['change']): number {
  if (change.kind === 'update-findings') return change.ids.length;
  if (change.kind === 'delete-analyzer') return change.findings;
  return change.kind === 'apply-archive-rule' ? (change.foreseen?.length ?? 0) : 0;
}

function byPlace(a: PlanLine, b: PlanLine): number {
  return (
    a.region.localeCompare(b.region) ||
    a.analyzerName.localeCompare(b.analyzerName) ||
    a.profile.localeCompare(b.profile)
  );
}

/** The last part of `arn:…:analyzer/NAME`. */
export function analyzerNameOf(analyzerArn: string): string {
  return analyzerArn.slice(analyzerArn.lastIndexOf('/') + 1);
}

function countReasons(skipped: Plan['skipped']): { why: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { why } of skipped) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts].map(([why, count]) => ({ why, count })).sort((a, b) => b.count - a.count);
}

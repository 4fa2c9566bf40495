import type { RuleDraft } from '../app/rules/rule-editor.ts';
import type { DraftRequest, RulePlanRequest } from '../app/rules/rule-effects.ts';
import type { ChangeTarget, ExportFormat } from '../app/services.ts';
import type { Plan } from '../domain/journal.ts';
import type { ListQuery, StoredFinding } from '../domain/listing.ts';
import { type Result, succeed } from '../domain/problem.ts';
import { planScan } from '../triage/plan-scan.ts';
import { draftRule } from './console-rule-editor.ts';
import { writeExport } from './export-file.ts';
import { planRuleChange } from './plan-rule-change.ts';
import { createRulesService } from './rules-service.ts';
import type { Runtime } from './runtime.ts';

/** A file that was written, and how many findings are in it. */
export interface Exported {
  readonly path: string;
  readonly findings: number;
}

/** What may take reading every finding of an analyzer, or of a hundred thousand rows: seconds, at a million. */
export type Reading =
  | { readonly kind: 'plan-rule'; readonly request: RulePlanRequest }
  | { readonly kind: 'plan-scan'; readonly target: ChangeTarget }
  | { readonly kind: 'draft-rule'; readonly request: DraftRequest }
  | { readonly kind: 'copy'; readonly target: ChangeTarget; readonly limit: number }
  | { readonly kind: 'export'; readonly query: ListQuery; readonly format: ExportFormat };

/** What each of them ends with. */
export type Answer = Plan | RuleDraft | readonly StoredFinding[] | Exported;

/** Exposures whose findings are read between two frames. */
const FEW = 200;

/** Whether it takes no longer than to begin it elsewhere. */
export function isShort(reading: Reading): boolean {
  switch (reading.kind) {
    case 'plan-rule':
      return reading.request.kind === 'rule-delete' && !reading.request.unarchive;
    case 'plan-scan':
    case 'copy':
      return reading.target.exposureIds.length <= FEW;
    case 'draft-rule':
      return reading.request.from !== 'findings' && reading.request.from !== 'filter';
    case 'export':
      return false;
  }
}

/** Nothing is sent to AWS. */
export async function runReading(reading: Reading, runtime: Runtime): Promise<Result<Answer>> {
  const opened = runtime.store();
  if (!opened.ok) return opened;
  const store = opened.value;
  switch (reading.kind) {
    case 'plan-rule':
      return planRuleChange(reading.request, createRulesService(runtime, store), runtime);
    case 'plan-scan':
      return succeed(planScan(store.findingsOf(reading.target.query, reading.target)));
    case 'draft-rule':
      return draftRule(reading.request, store, createRulesService(runtime, store));
    case 'copy':
      return succeed(firstOf(store.findingsOf(reading.target.query, reading.target), reading.limit));
    case 'export': {
      const target = { folder: runtime.paths.exports, format: reading.format, at: runtime.now() };
      return writeExport(store.findingsOf(reading.query), target);
    }
  }
}

function firstOf(findings: Iterable<StoredFinding>, limit: number): readonly StoredFinding[] {
  const first: StoredFinding[] = [];
  for (const finding of findings) if (first.push(finding) >= limit) break;
  return first;
}

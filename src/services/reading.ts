import type { RuleDraft } from '../app/rules/rule-editor.ts';
import type { DraftRequest, RulePlanRequest } from '../app/rules/rule-effects.ts';
import type { ChangeTarget, ExportFormat } from '../app/services.ts';
import type { Plan } from '../domain/journal.ts';
import type { ListQuery, StoredFinding } from '../domain/listing.ts';
import { type Result, succeed } from '../domain/problem.ts';
import { planScan } from '../triage/plan-scan.ts';
import { ENTRIES_AT_ONCE } from '../triage/undo-stack.ts';
import { createChangeService } from './change-service.ts';
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

/**
 * What may take reading every finding of an analyzer, of a hundred thousand rows, or of a change of as many: seconds, at a
 * million.
 */
export type Reading =
  | { readonly kind: 'plan-rule'; readonly request: RulePlanRequest }
  | { readonly kind: 'plan-scan'; readonly target: ChangeTarget }
  | { readonly kind: 'plan-undo'; readonly entryId?: number }
  | { readonly kind: 'plan-redo' }
  | { readonly kind: 'plan-finish'; readonly entryId: number }
  | { readonly kind: 'draft-rule'; readonly request: DraftRequest }
  | { readonly kind: 'copy'; readonly target: ChangeTarget; readonly limit: number }
  | { readonly kind: 'export'; readonly query: ListQuery; readonly format: ExportFormat };

/** What each of them ends with. */
export type Answer = Plan | RuleDraft | readonly StoredFinding[] | Exported;

/** Exposures whose findings are read between two frames. */
const FEW = 200;
/** Requests whose findings are read back and planned for between two frames. */
const FEW_OPERATIONS = 20;

/** Whether it takes no longer than to begin it elsewhere. */
export function isShort(reading: Reading, runtime: Runtime): boolean {
  switch (reading.kind) {
    case 'plan-rule':
      return reading.request.kind === 'rule-delete' && !reading.request.unarchive;
    case 'plan-scan':
    case 'copy':
      return reading.target.exposureIds.length <= FEW;
    case 'plan-undo':
    case 'plan-finish':
      return countOperations(runtime, reading.entryId) <= FEW_OPERATIONS;
    case 'plan-redo':
      return countOperations(runtime) <= FEW_OPERATIONS;
    case 'draft-rule':
      return reading.request.from !== 'findings' && reading.request.from !== 'filter';
    case 'export':
      return false;
  }
}

/** Without a number: of what is read to find the last entry. 0 where the store cannot be opened: whoever reads says so. */
function countOperations(runtime: Runtime, entry?: number): number {
  const store = runtime.store();
  return store.ok
    ? store.value.operationCount(entry === undefined ? { latest: ENTRIES_AT_ONCE } : { entry })
    : 0;
}

/** Nothing is changed in AWS. */
export async function runReading(reading: Reading, runtime: Runtime): Promise<Result<Answer>> {
  const opened = runtime.store();
  if (!opened.ok) return opened;
  const store = opened.value;
  switch (reading.kind) {
    case 'plan-rule':
      return planRuleChange(reading.request, createRulesService(runtime, store), runtime);
    case 'plan-scan':
      return succeed(planScan(store.findingsOf(reading.target.query, reading.target)));
    case 'plan-undo':
      return createChangeService(runtime).planUndo(reading.entryId);
    case 'plan-redo':
      return createChangeService(runtime).planRedo();
    case 'plan-finish':
      return createChangeService(runtime).planFinish(reading.entryId);
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

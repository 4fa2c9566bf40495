import { applyArchiveRule } from './executors/apply-archive-rule.ts';
import { archiveRule } from './executors/archive-rule.ts';
import type { Executors } from './executors/executor.ts';
import { iam } from './executors/iam.ts';
import { deleteAnalyzer } from './executors/delete-analyzer.ts';
import { startResourceScan } from './executors/start-resource-scan.ts';
import { updateFindings } from './executors/update-findings.ts';

/** Every kind of change that can be run, by kind; a new kind is one more line. */
export function createExecutors(): Executors {
  return {
    'update-findings': updateFindings,
    'create-archive-rule': archiveRule,
    'update-archive-rule': archiveRule,
    'delete-archive-rule': archiveRule,
    'apply-archive-rule': applyArchiveRule,
    'start-resource-scan': startResourceScan,
    'delete-analyzer': deleteAnalyzer,
    iam,
  };
}

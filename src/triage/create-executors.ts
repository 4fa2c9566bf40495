import type { Executors } from './executors/executor.ts';
import { startResourceScan } from './executors/start-resource-scan.ts';
import { updateFindings } from './executors/update-findings.ts';

/** Every kind of change that can be run, by kind; a new kind is one more line. */
export function createExecutors(): Executors {
  return {
    'update-findings': updateFindings,
    'start-resource-scan': startResourceScan,
  };
}

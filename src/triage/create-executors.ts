import type { Executors } from './executors/executor.ts';
import { updateFindings } from './executors/update-findings.ts';

/** Every kind of change that can be run, by kind; a new kind is one more line. */
export function createExecutors(): Executors {
  return {
    'update-findings': updateFindings,
  };
}

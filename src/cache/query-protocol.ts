import type { Problem } from '../domain/problem.ts';
import type { StoreReads } from './store.ts';

/** What goes between the console's thread and the one that asks the store. All of it can be cloned. */
export type ReadName = keyof StoreReads;

export interface QueryRequest {
  readonly id: number;
  readonly name: ReadName;
  readonly args: readonly unknown[];
}

export type QueryReply =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly problem: Problem };

/** What the thread is started with. */
export interface QueryWorkerData {
  readonly path: string;
}

export const READ_NAMES = [
  'counts',
  'around',
  'window',
  'indexOf',
  'exposureIds',
  'exposure',
  'successors',
  'plannedFindings',
  'history',
  'missingDetails',
  'withoutDetail',
  'finding',
  'findById',
  'values',
  'summary',
  'archiveRules',
  'readAhead',
  'ruleFacts',
  'suggestions',
  'dryRun',
  'ruleWindow',
  'criteriaValues',
  'decision',
  'fixedMarks',
  'lastVisit',
  'state',
  'entry',
  'entries',
  'openEntries',
  'operationCount',
] as const satisfies readonly ReadName[];

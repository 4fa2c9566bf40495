import type { Queries } from '../app/services.ts';
import { type AsyncReads, createQueries } from '../cache/queries.ts';
import type { Runtime } from './runtime.ts';

/** What the editor of a rule reads. */
export type RuleReads = Pick<AsyncReads, 'dryRun' | 'ruleWindow' | 'criteriaValues'>;

/** What the plan of a change reads. */
export type PlanReads = Pick<AsyncReads, 'plannedFindings'>;

/** Reads as the console asks for them, on the store's own thread: no key ever waits for one. */
export function createConsoleQueries(runtime: Runtime): Queries & RuleReads & PlanReads & { stop(): void } {
  const store = createQueries(runtime.paths.store);
  return {
    counts: (query, signal) => store.in('counts', signal).counts(query),
    window: (query, offset, limit, signal) => store.in('window', signal).window(query, offset, limit),
    indexOf: (query, id, signal) => store.in('place', signal).indexOf(query, id),
    exposureIds: (query, signal) => store.in('ids', signal).exposureIds(query),
    exposure: (id) => store.exposure(id),
    successors: (ids) => store.successors(ids),
    plannedFindings: (query, ids) => store.plannedFindings(query, ids),
    missingDetails: (ids) => store.in('details').missingDetails(ids),
    history: (id) => store.in('history').history(id),
    values: (key, prefix, limit) => store.in('values').values(key, prefix, limit),
    summary: () => store.in('summary').summary(),
    dryRun: (criteria, options) => store.in('rule').dryRun(criteria, options),
    ruleWindow: (criteria, options) => store.in('rule').ruleWindow(criteria, options),
    criteriaValues: (question) => store.in('rule').criteriaValues(question),
    journal: (limit) => store.in('journal').entries({ limit }),
    stop: () => void store.close(),
  };
}

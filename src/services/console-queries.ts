import type { Queries } from '../app/services.ts';
import { type AsyncReads, createQueries } from '../cache/queries.ts';
import { EXPOSURE_ID_LENGTH, unpackExposureIds } from '../domain/exposure.ts';
import type { ArchiveRule } from '../domain/archive-rule.ts';
import type { RuleFacts } from '../domain/rules/rule-facts.ts';
import type { Suggestion } from '../domain/rules/suggest.ts';
import type { Runtime } from './runtime.ts';
import { letYoungGenerationGrow } from './young-generation.ts';

/** What the editor of a rule and the Rules screen read. */
export interface RuleReads extends Pick<AsyncReads, 'dryRun' | 'ruleWindow' | 'criteriaValues'> {
  /** Ends when the findings are in memory; what else is asked of the store has its turn meanwhile. */
  readAhead(signal: AbortSignal): Promise<void>;
  ruleFacts(rules: readonly ArchiveRule[], signal: AbortSignal): Promise<readonly RuleFacts[]>;
  suggestions(rules: readonly ArchiveRule[], signal: AbortSignal): Promise<readonly Suggestion[]>;
}

/** What the plan of a change reads. */
export type PlanReads = Pick<AsyncReads, 'plannedFindings'>;

/** Exposures read into memory at a time: some ten milliseconds, for which another question waits. */
const READ_SLICE = 2_000;

/** Ids of which more come only when somebody marks them, to change them all. */
const MANY = 10_000;

/** Reads as the console asks for them, on the store's own thread: no key ever waits for one. */
export function createConsoleQueries(runtime: Runtime): Queries & RuleReads & PlanReads & { stop(): void } {
  const store = createQueries(runtime.paths.store);
  return {
    around: (query, place, signal) => store.in('list', signal).around(query, place),
    window: (query, offset, limit, signal) => store.in('window', signal).window(query, offset, limit),
    exposureIds: async (query, signal) => {
      const packed = await store.in('ids', signal).exposureIds(query);
      if (packed.length > MANY * EXPOSURE_ID_LENGTH) letYoungGenerationGrow();
      return unpackExposureIds(packed);
    },
    exposure: (id) => store.exposure(id),
    successors: (ids) => store.successors(ids),
    plannedFindings: (query, ids) => store.plannedFindings(query, ids),
    missingDetails: (ids) => store.in('details').missingDetails(ids),
    withoutDetail: (types, most) => store.in('unknown').withoutDetail(types, most),
    history: (id) => store.in('history').history(id),
    values: (key, prefix, limit) => store.in('values').values(key, prefix, limit),
    summary: () => store.in('summary').summary(),
    readAhead: async (signal) => {
      while ((await store.in('rules', signal).readAhead(READ_SLICE)) > 0);
    },
    ruleFacts: (rules, signal) => store.in('rules', signal).ruleFacts(rules),
    suggestions: (rules, signal) => store.in('rules', signal).suggestions(rules),
    dryRun: (criteria, options) => store.in('rule').dryRun(criteria, options),
    ruleWindow: (criteria, options) => store.in('rule').ruleWindow(criteria, options),
    criteriaValues: (question) => store.in('rule').criteriaValues(question),
    journal: (limit) => store.in('journal').entries({ limit }),
    stop: () => void store.close(),
  };
}

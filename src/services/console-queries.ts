import type { Queries } from '../app/services.ts';
import type { ExposureId } from '../domain/exposure.ts';
import type { JournalEntry } from '../domain/journal.ts';
import { type AsyncReads, createQueries, type Queries as StoreQueries } from '../cache/queries.ts';
import type { Runtime } from './runtime.ts';

/** What the editor of a rule reads. */
export type RuleReads = Pick<AsyncReads, 'dryRun' | 'ruleWindow' | 'criteriaValues'>;

/** Reads as the console asks for them, on the store's own thread: no key ever waits for one. */
export function createConsoleQueries(runtime: Runtime): Queries & RuleReads & { stop(): void } {
  const store = createQueries(runtime.paths.store);
  return {
    counts: (query, signal) => store.in('counts', signal).counts(query),
    window: (query, offset, limit, signal) => store.in('window', signal).window(query, offset, limit),
    indexOf: (query, id, signal) => store.in('place', signal).indexOf(query, id),
    exposureIds: (query, signal) => store.in('ids', signal).exposureIds(query),
    exposure: (id) => store.exposure(id),
    missingDetails: (ids) => store.in('details').missingDetails(ids),
    history: (id) => historyOf(store, id),
    values: (key, prefix, limit) => store.in('values').values(key, prefix, limit),
    summary: () => store.in('summary').summary(),
    dryRun: (criteria, options) => store.in('rule').dryRun(criteria, options),
    ruleWindow: (criteria, options) => store.in('rule').ruleWindow(criteria, options),
    criteriaValues: (question) => store.in('rule').criteriaValues(question),
    journal: (limit) => store.in('journal').entries({ limit }),
    stop: () => void store.close(),
  };
}

const HISTORY_LOOKED_AT = 200;

/** Entries of the journal that touched a finding of the exposure, newest first. */
async function historyOf(store: StoreQueries, id: ExposureId): Promise<readonly JournalEntry[]> {
  const [exposure, entries] = await Promise.all([
    store.exposure(id),
    store.entries({ limit: HISTORY_LOOKED_AT }),
  ]);
  const ids = new Set((exposure?.findings ?? []).map((finding) => finding.id));
  return entries.filter(({ operations }) =>
    operations.some(({ change }) => {
      if (change.kind === 'iam') return change.backup.proof?.exposureId === id;
      return change.kind === 'update-findings' && change.ids.some((one) => ids.has(one));
    }),
  );
}

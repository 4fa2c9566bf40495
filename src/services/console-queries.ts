import type { Queries } from '../app/services.ts';
import type { ExposureId } from '../domain/exposure.ts';
import type { FindingRef } from '../domain/finding.ts';
import type { JournalEntry } from '../domain/journal.ts';
import type { StoredFinding } from '../domain/listing.ts';
import { ProblemError } from '../domain/problem.ts';
import type { Store } from '../cache/store.ts';
import type { Runtime } from './runtime.ts';

/** Reads as the console asks for them. */
export function createConsoleQueries(runtime: Runtime): Queries & { stop(): void } {
  const open = (): Store => {
    const store = runtime.store();
    if (!store.ok) throw new ProblemError(store.problem);
    return store.value;
  };
  return {
    counts: async (query) => open().counts(query),
    window: async (query, offset, limit) => open().window(query, offset, limit),
    indexOf: async (query, id) => open().indexOf(query, id),
    exposureIds: async (query) => open().exposureIds(query),
    exposure: async (id) => open().exposure(id),
    missingDetails: async (ids) => missingDetails(open(), ids),
    history: async (id) => historyOf(open(), id),
    values: async (key, prefix, limit) => open().values(key, prefix, limit),
    summary: async () => open().summary(),
    journal: async (limit) => open().entries({ limit }),
    stop: () => undefined,
  };
}

/** External findings come whole with the list; of the others one finding of an exposure is enough to show its row. */
function missingDetails(store: Store, ids: readonly ExposureId[]): readonly FindingRef[] {
  return ids.flatMap((id) => (store.exposure(id)?.findings ?? []).filter(lacksDetail));
}

const lacksDetail = ({ findingType, detail, goneAt, error }: StoredFinding): boolean =>
  findingType !== 'ExternalAccess' && detail === undefined && goneAt === undefined && error === undefined;

const HISTORY_LOOKED_AT = 200;

/** Entries of the journal that touched a finding of the exposure, newest first. */
function historyOf(store: Store, id: ExposureId): readonly JournalEntry[] {
  const refs = new Set((store.exposure(id)?.findings ?? []).map((finding) => finding.id));
  return store
    .entries({ limit: HISTORY_LOOKED_AT })
    .filter(({ operations }) =>
      operations.some(
        ({ change }) => change.kind === 'update-findings' && change.ids.some((one) => refs.has(one)),
      ),
    );
}

import type { JournalEntry } from '../../domain/journal.ts';
import { toIso } from '../../domain/finding-json.ts';

/** An entry of the journal as JSON, times as ISO 8601; client tokens stay out, they mean nothing to a reader. */
export function toEntryJson(entry: JournalEntry): unknown {
  const { at, finishedAt, operations, ...rest } = entry;
  return {
    ...rest,
    at: toIso(at),
    ...(finishedAt === undefined ? {} : { finishedAt: toIso(finishedAt) }),
    operations: operations.map(({ clientToken: _, sentAt, finishedAt: ended, change, ...operation }) => ({
      ...operation,
      ...change,
      ...(sentAt === undefined ? {} : { sentAt: toIso(sentAt) }),
      ...(ended === undefined ? {} : { finishedAt: toIso(ended) }),
    })),
  };
}

import type { Services } from '../app/services.ts';
import { createChangeService } from './change-service.ts';
import { createRecommendations, createResolutions } from './console-advice.ts';
import { createConsoleAnalyzers } from './console-analyzers.ts';
import { createConsoleChanges } from './console-changes.ts';
import { createMemory } from './console-memory.ts';
import { createOutside, type OutsideOptions } from './console-outside.ts';
import { createConsoleQueries } from './console-queries.ts';
import { createConsoleRules } from './console-rules.ts';
import { createSyncing } from './console-syncing.ts';
import { createReadingThread } from './reading-thread.ts';
import type { Runtime } from './runtime.ts';

/** Everything that the console asks of the world, joined from the rooms below. */
export function createConsoleServices(
  runtime: Runtime,
  outside: OutsideOptions,
): Services & { stop(): void } {
  const syncing = createSyncing(runtime);
  const queries = createConsoleQueries(runtime);
  const thread = createReadingThread(runtime);
  const resolutions = createResolutions(runtime);
  return {
    queries,
    changes: createConsoleChanges(runtime, { queries, thread }, createChangeService(runtime)),
    recommendations: createRecommendations(runtime),
    resolutions,
    rules: createConsoleRules(runtime, queries, thread),
    analyzers: createConsoleAnalyzers(runtime),
    syncing,
    outside: createOutside(thread, outside),
    memory: createMemory(runtime.settings),
    stop: () => {
      syncing.stop();
      thread.stop();
      resolutions.stop();
      queries.stop();
    },
  };
}

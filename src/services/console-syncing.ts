import type { DetailListener, Syncing } from '../app/services.ts';
import { toProblem } from '../domain/problem.ts';
import { createDetailFetcher, type DetailFetcher } from '../sync/details.ts';
import { openBoth, type Runtime } from './runtime.ts';
import { createSyncThread } from './sync-thread.ts';

/** Syncs and details, as the console asks for them; one sync at a time. */
export function createSyncing(runtime: Runtime): Syncing & { stop(): void } {
  const thread = createSyncThread(runtime.ground);
  let fetcher: Promise<DetailFetcher | undefined> | undefined;
  let listener: DetailListener = { onArrived: () => undefined, onProblem: () => undefined };

  const openFetcher = async (): Promise<DetailFetcher | undefined> => {
    const opened = await openBoth(runtime);
    if (!opened.ok) return undefined;
    return createDetailFetcher({
      ...opened.value,
      clock: runtime.now,
      onArrived: (ref) => listener.onArrived(ref),
      onStoreProblem: (problem) => listener.onProblem(problem),
    });
  };

  return {
    run: ({ full }, onProgress) => thread.run(full, onProgress),
    cancel: () => thread.cancel(),
    wantDetails: (refs, listening) => {
      if (runtime.offline || (refs.length === 0 && fetcher === undefined)) return;
      listener = listening;
      fetcher ??= openFetcher().catch((thrown: unknown) => void listener.onProblem(toProblem(thrown)));
      // Without credentials there is nothing to fetch with; the sync has said so already.
      void fetcher.then((opened) => opened?.want(refs));
    },
    stop: () => {
      thread.stop();
      void fetcher?.then((opened) => opened?.stop());
    },
  };
}

import { toProblem, type Problem } from '../domain/problem.ts';
import type { Finding, FindingRef } from '../domain/finding.ts';
import type { Gateway, SyncStore } from './ports.ts';

export interface DetailFetcherOptions {
  readonly gateway: Pick<Gateway, 'at'>;
  readonly store: Pick<SyncStore, 'saveDetail' | 'saveFinding' | 'markGone'> & KnownFindings;
  /** Epoch ms. */
  readonly clock: () => number;
  /** The store has something new of this finding. */
  readonly onArrived: (ref: FindingRef) => void;
  /** Why one could not be had. It is not tried again for a minute. */
  readonly onProblem?: (ref: FindingRef, problem: Problem) => void;
  /** Why the store could not be asked about what is wanted. It is not asked again for a minute. */
  readonly onStoreProblem?: (problem: Problem) => void;
}

/** What the store has; `detail` is absent when none was fetched since the finding last changed. */
export interface KnownFindings {
  finding(ref: FindingRef):
    | (Pick<Finding, 'findingType' | 'updatedAt'> & {
        readonly detail: unknown;
        readonly goneAt: number | undefined;
      })
    | undefined;
}

export interface DetailFetcher {
  /**
   * In order of importance; replaces what was wanted before. What has been sent is let finish, what still waits for its
   * turn and is not wanted any more is dropped.
   */
  want(refs: readonly FindingRef[]): void;
  /** Nothing is wanted any more, and what has been sent is cancelled. */
  stop(): void;
  /** Resolves when nothing is wanted and nothing is on its way. */
  idle(): Promise<void>;
}

/** Requests side by side in one Region; how many a second is for the gateway to say. */
const AT_ONCE = 4;
const RETRY_AFTER = 60_000;

interface Fetch {
  readonly lane: string;
  readonly cancel: AbortController;
  sent: boolean;
}

/** Details on demand: what is on the screen first, then its neighbours. Each is fetched once for every change of its finding. */
export function createDetailFetcher(options: DetailFetcherOptions): DetailFetcher {
  const memory = createMemory(options);
  const fetches = new Map<string, Fetch>();
  const idlers: (() => void)[] = [];
  let wanted: readonly FindingRef[] = [];

  /** Whether it still waits. The store is asked about those only whose turn it is: it answers on the thread of the keys. */
  const waits = (ref: FindingRef): boolean => {
    if (fetches.has(keyOf(ref))) return false;
    const isTurn = !isBusy(laneOf(ref), fetches);
    if (isTurn && memory.isDue(ref)) void run(ref);
    return !isTurn;
  };

  const advance = (): void => {
    wanted = wanted.filter(waits);
    if (wanted.length === 0 && fetches.size === 0) for (const wake of idlers.splice(0)) wake();
  };

  const run = async (ref: FindingRef): Promise<void> => {
    const fetch: Fetch = { lane: laneOf(ref), cancel: new AbortController(), sent: false };
    fetches.set(keyOf(ref), fetch);
    try {
      memory.arrived(ref, await fetchDetail(ref, options, fetch));
      options.onArrived(ref);
    } catch (thrown) {
      const problem = toProblem(thrown);
      if (problem.kind !== 'cancelled') {
        memory.failed(ref);
        options.onProblem?.(ref, problem);
      }
    } finally {
      fetches.delete(keyOf(ref));
      advance();
    }
  };

  const replace = (refs: readonly FindingRef[], drops: (key: string, fetch: Fetch) => boolean): void => {
    wanted = refs;
    for (const [key, fetch] of fetches) if (drops(key, fetch)) fetch.cancel.abort();
    advance();
  };

  return {
    want: (refs) => {
      const keys = new Set(refs.map(keyOf));
      replace(refs, (key, fetch) => !fetch.sent && !keys.has(key));
    },
    stop: () => replace([], () => true),
    idle: () =>
      new Promise((resolve) => {
        idlers.push(resolve);
        advance();
      }),
  };
}

const isBusy = (lane: string, fetches: ReadonlyMap<string, Fetch>): boolean =>
  [...fetches.values()].filter((each) => each.lane === lane).length >= AT_ONCE;

const keyOf = ({ profile, analyzerArn, id }: FindingRef): string => `${profile}\n${analyzerArn}\n${id}`;
const laneOf = ({ profile, region }: FindingRef): string => `${profile}\n${region}`;

/** What was fetched or tried here, beside what the store has. */
function createMemory({ store, clock, onStoreProblem }: DetailFetcherOptions) {
  const notBefore = new Map<string, number>();
  /** updatedAt of what was fetched: a finding may have no detail that the store could keep. */
  const fetched = new Map<string, number>();
  let askStoreFrom = 0;
  const isMissing = (ref: FindingRef): boolean => {
    const known = store.finding(ref);
    if (known === undefined) return !fetched.has(keyOf(ref));
    // The list of an external analyzer carries everything: a request would tell nothing new.
    if (known.findingType === 'ExternalAccess' || known.goneAt !== undefined) return false;
    return known.detail === undefined && known.updatedAt !== fetched.get(keyOf(ref));
  };
  return {
    isDue: (ref: FindingRef): boolean => {
      if (Math.max(askStoreFrom, notBefore.get(keyOf(ref)) ?? 0) > clock()) return false;
      try {
        return isMissing(ref);
      } catch (thrown) {
        // Whoever wants details does not wait for them: nobody would catch it.
        askStoreFrom = clock() + RETRY_AFTER;
        onStoreProblem?.(toProblem(thrown));
        return false;
      }
    },
    arrived: (ref: FindingRef, updatedAt: number) => fetched.set(keyOf(ref), updatedAt),
    failed: (ref: FindingRef) => notBefore.set(keyOf(ref), clock() + RETRY_AFTER),
  };
}

/** Answers the updatedAt of what came; 0 where the finding exists no more. */
async function fetchDetail(
  ref: FindingRef,
  { gateway, store, clock }: DetailFetcherOptions,
  fetch: Fetch,
): Promise<number> {
  const answer = await gateway.at(ref).getFinding(ref, fetch.cancel.signal, () => (fetch.sent = true));
  if (answer === undefined) {
    store.markGone(ref, clock());
    return 0;
  }
  store.saveFinding(answer.finding, clock());
  if (answer.detail !== undefined) store.saveDetail(ref, answer.finding.updatedAt, answer.detail);
  return answer.finding.updatedAt;
}

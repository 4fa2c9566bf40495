import { ProblemError } from '../domain/problem.ts';

/**
 * Keeps requests to a pace: a token bucket whose rate falls when the service says "too fast" and recovers slowly.
 * Access Analyzer publishes no rates; AWS's own sample code asks GetFindingV2 once in two seconds, hence the floor.
 */
export interface Pace {
  /** Requests that may go at once after a quiet time. */
  readonly burst: number;
  /** Requests a second to start with, and at most. */
  readonly perSecond: number;
  /** Never slower than this, however often the service throttles. */
  readonly slowest: number;
}

const DETAIL_PACE: Pace = { burst: 20, perSecond: 2, slowest: 0.5 };

/** The pace of GetFindingV2; a screenful may go at once. */
export const paceOf = (perSecond: number = DETAIL_PACE.perSecond): Pace => ({
  burst: Math.max(DETAIL_PACE.burst, perSecond),
  perSecond,
  slowest: Math.min(DETAIL_PACE.slowest, perSecond),
});

export interface Pacer {
  /** Resolves when a request may be sent; first come, first served. Rejects as cancelled when the signal goes off. */
  turn(signal?: AbortSignal): Promise<void>;
  /** The service throttled: halve the rate and let the burst be used up. */
  slowDown(): void;
  /** A request succeeded: a twentieth more, up to the pace asked for. */
  speedUp(): void;
}

export interface PacerTime {
  now(): number;
  /** Calls back after so many milliseconds; the answer cancels. */
  after(milliseconds: number, callback: () => void): () => void;
}

const SYSTEM_TIME: PacerTime = {
  now: () => performance.now(),
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

export function createPacer(pace: Pace = DETAIL_PACE, time: PacerTime = SYSTEM_TIME): Pacer {
  const bucket = createBucket(pace, time);
  const waiting: (() => void)[] = [];
  let cancelTimer: (() => void) | undefined;

  const serve = (): void => {
    cancelTimer = undefined;
    while (waiting.length > 0 && bucket.take()) waiting.shift()?.();
    if (waiting.length > 0) cancelTimer = time.after(bucket.untilNext(), serve);
  };
  const leave = (go: () => void): void => {
    waiting.splice(waiting.indexOf(go), 1);
    if (waiting.length > 0) return;
    cancelTimer?.();
    cancelTimer = undefined;
  };

  const turn = (signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const abort = (): void => {
        leave(go);
        reject(cancelled());
      };
      const go = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      if (signal?.aborted === true) return reject(cancelled());
      signal?.addEventListener('abort', abort, { once: true });
      waiting.push(go);
      if (cancelTimer === undefined) serve();
    });

  return { turn, slowDown: () => bucket.slowDown(), speedUp: () => bucket.speedUp() };
}

const cancelled = (): ProblemError => new ProblemError({ kind: 'cancelled', message: 'Cancelled.' });

interface Bucket {
  take(): boolean;
  /** Milliseconds until there is a token. */
  untilNext(): number;
  slowDown(): void;
  speedUp(): void;
}

function createBucket(pace: Pace, time: PacerTime): Bucket {
  let tokens = pace.burst;
  let rate = pace.perSecond;
  let filledAt = time.now();
  const refill = (): void => {
    const now = time.now();
    tokens = Math.min(pace.burst, tokens + ((now - filledAt) / 1000) * rate);
    filledAt = now;
  };
  return {
    take: () => {
      refill();
      // A hair below one still counts: timers may fire a fraction of a millisecond early.
      if (tokens < 0.999) return false;
      tokens -= 1;
      return true;
    },
    untilNext: () => Math.ceil(((1 - tokens) / rate) * 1000),
    slowDown: () => {
      refill();
      rate = Math.max(pace.slowest, rate / 2);
      tokens = Math.min(tokens, 0);
    },
    speedUp: () => {
      refill();
      rate = Math.min(pace.perSecond, rate * 1.05);
    },
  };
}

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

export const DETAIL_PACE: Pace = { burst: 20, perSecond: 2, slowest: 0.5 };

export interface Pacer {
  /** Resolves when a request may be sent; first come, first served. Rejects with the signal's reason when it aborts. */
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

interface Waiter {
  readonly go: () => void;
}

export function createPacer(pace: Pace = DETAIL_PACE, time: PacerTime = SYSTEM_TIME): Pacer {
  const waiting: Waiter[] = [];
  let tokens = pace.burst;
  let rate = pace.perSecond;
  let filledAt = time.now();
  let cancelTimer: (() => void) | undefined;

  const refill = (): void => {
    const now = time.now();
    tokens = Math.min(pace.burst, tokens + ((now - filledAt) / 1000) * rate);
    filledAt = now;
  };

  const serve = (): void => {
    cancelTimer = undefined;
    refill();
    // A hair below one still counts: timers may fire a fraction of a millisecond early.
    while (waiting.length > 0 && tokens >= 0.999) {
      tokens -= 1;
      waiting.shift()?.go();
    }
    if (waiting.length > 0) cancelTimer = time.after(Math.ceil(((1 - tokens) / rate) * 1000), serve);
  };

  const turn = (signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting.splice(waiting.indexOf(waiter), 1);
        if (waiting.length === 0) cancelTimer?.();
        if (waiting.length === 0) cancelTimer = undefined;
        reject(reasonOf(signal));
      };
      const waiter: Waiter = {
        go: () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      if (signal?.aborted === true) return reject(reasonOf(signal));
      signal?.addEventListener('abort', leave, { once: true });
      waiting.push(waiter);
      if (cancelTimer === undefined) serve();
    });

  return {
    turn,
    slowDown: () => {
      refill();
      rate = Math.max(pace.slowest, rate / 2);
      tokens = Math.min(tokens, 0);
    },
    speedUp: () => {
      rate = Math.min(pace.perSecond, rate * 1.05);
    },
  };
}

function reasonOf(signal: AbortSignal | undefined): Error {
  return signal?.reason instanceof Error ? signal.reason : new DOMException('Cancelled.', 'AbortError');
}

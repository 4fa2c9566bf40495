/** Waiting, as a port: the console's timers in the program, none at all in tests. */
export type Rest = (ms: number, signal: AbortSignal) => Promise<void>;

/** Places for questions of which only the newest matters: a new one cancels the one before. */
export interface Slots {
  newest(slot: string, run: (signal: AbortSignal) => Promise<void>): Promise<void>;
  readonly rest: Rest;
}

/** Timer rest; a cancelled one rejects with an AbortError. */
export const restWithTimer: Rest = (ms, signal) =>
  ms <= 0
    ? Promise.resolve()
    : new Promise((resolve, reject) => {
        // A pending toast must not keep a program alive that is done.
        const timer = setTimeout(resolve, ms).unref();
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          reject(new DOMException('A newer question took its place.', 'AbortError'));
        });
      });

export function createSlots(rest: Rest = restWithTimer): Slots {
  const running = new Map<string, AbortController>();
  return {
    async rest(ms, signal) {
      await rest(ms, signal);
      signal.throwIfAborted();
    },
    async newest(slot, run) {
      running.get(slot)?.abort();
      const controller = new AbortController();
      running.set(slot, controller);
      try {
        await run(controller.signal);
      } catch (thrown) {
        // What a newer question made needless has nothing to say.
        if (!controller.signal.aborted) throw thrown;
      } finally {
        if (running.get(slot) === controller) running.delete(slot);
      }
    },
  };
}

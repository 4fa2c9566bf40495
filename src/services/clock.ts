import { setTimeout as sleep } from 'node:timers/promises';
import type { TriageClock } from '../triage/ports.ts';

/** The machine's time, as the rooms that wait ask for it. */
export const createClock = (now: () => number): TriageClock => ({
  now,
  sleep: async (ms, signal) => {
    try {
      await sleep(ms, undefined, { ref: true, ...(signal === undefined ? {} : { signal }) });
    } catch {
      // An abort ends the waiting early; whoever waits looks at the signal itself.
    }
  },
});

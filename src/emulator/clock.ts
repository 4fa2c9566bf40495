/**
 * Time inside the emulator: the outside clock moved by an offset, so that tests and `POST /_emulator/advance` can
 * let days pass. Epoch milliseconds.
 */
export interface Clock {
  now(): number;
  advance(ms: number): void;
}

export function createClock(outside: () => number, startAt?: number): Clock {
  let offset = startAt === undefined ? 0 : startAt - outside();
  return {
    now: () => outside() + offset,
    advance: (ms) => {
      offset += ms;
    },
  };
}

import { constants } from 'node:os';

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** By custom of the shell a program that a signal ended has 128 and the signal's number as its exit code. */
const exitCodeOf = (signal: (typeof ENDING)[number]): number => 128 + constants.signals[signal];

export interface ProcessWatch {
  /** Resolves with an exit code when a signal ends the program; rejects when something was thrown that nobody caught. */
  readonly ended: Promise<number>;
  stop(): void;
}

/** Turns what would kill the process, with the terminal left as it is, into an end like any other. */
export function watchProcess(): ProcessWatch {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const onSignal = (signal: NodeJS.Signals): void => resolve(exitCodeOf(signal as (typeof ENDING)[number]));
  const onCrash = (thrown: unknown): void =>
    reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
  for (const signal of ENDING) process.on(signal, onSignal);
  process.on('uncaughtException', onCrash);
  process.on('unhandledRejection', onCrash);
  return {
    ended: promise,
    stop: () => {
      for (const signal of ENDING) process.off(signal, onSignal);
      process.off('uncaughtException', onCrash);
      process.off('unhandledRejection', onCrash);
    },
  };
}

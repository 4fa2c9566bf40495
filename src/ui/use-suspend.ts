import { useApp } from 'ink';
import { useCallback, useEffect, useRef } from 'react';
import { suspendProcess } from './terminal/suspend.ts';

/** The terminal's size may have changed while another program had it: that one was told, this one was not. */
const lookAtSize = (): boolean => process.emit('SIGWINCH', 'SIGWINCH');

/**
 * Answers what stops the program as in any shell (ctrl+z), and looks after stops that come from outside. `kill -TSTP` is
 * the same; `kill -STOP` gives no time to hand the terminal back, so what the shell made of it is put right afterwards:
 * alternate screen, raw input, pastes and cursor are set again, and the screen is drawn whole.
 */
export function useSuspend(): () => void {
  const { suspendTerminal } = useApp();
  const isHandedOver = useRef(false);
  const handOver = useCallback(
    async (until: () => Promise<void>): Promise<void> => {
      if (isHandedOver.current) return;
      isHandedOver.current = true;
      try {
        await suspendTerminal(async () => {
          await until();
          lookAtSize();
        });
      } finally {
        isHandedOver.current = false;
      }
    },
    [suspendTerminal],
  );
  useEffect(() => {
    const stop = (): void => void handOver(suspendProcess);
    const takeBack = (): void => void handOver(async () => undefined);
    process.on('SIGTSTP', stop).on('SIGCONT', takeBack);
    return () => void process.off('SIGTSTP', stop).off('SIGCONT', takeBack);
  }, [handOver]);
  return () => void handOver(suspendProcess);
}

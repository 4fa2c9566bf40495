/** Long enough for a signal to arrive. */
const ARRIVAL_MS = 100;

/**
 * Stops this process as ctrl+z does, and what runs it (npm, a script) with it, so that the shell has the terminal back;
 * resolves once it goes on (`fg`). The terminal must have been handed back before. Where no shell could wake it again the
 * system stops nothing, and it goes on at once. Windows has no such thing: there it does nothing.
 */
export async function suspendProcess(): Promise<void> {
  if (process.platform === 'win32') return;
  // Without these the signal has its usual effect.
  const listeners = process.listeners('SIGTSTP');
  process.removeAllListeners('SIGTSTP');
  // The timer does not run while the process stands still; it also keeps it alive, for the input is paused.
  const goesOn = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ARRIVAL_MS);
    process.once('SIGCONT', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  process.kill(OWN_GROUP, 'SIGTSTP');
  await goesOn;
  for (const listener of listeners) process.on('SIGTSTP', listener);
}

/** To `kill` it means every process of the group (kill(2)). */
const OWN_GROUP = 0;

/**
 * Stops this process as ctrl+z does; resolves once it goes on (`fg`). The terminal must have been handed back before.
 * Windows has no such thing: there it does nothing.
 */
export async function suspendProcess(): Promise<void> {
  if (process.platform === 'win32') return;
  // Waiting for a signal keeps no process alive, and the input is paused: without this the program would just end.
  const alive = setInterval(() => undefined, 1_000);
  const resumed = new Promise<void>((resolve) => process.once('SIGCONT', () => resolve()));
  // SIGSTOP, not SIGTSTP: that one can be ignored, and a shell tells them apart in no way that matters.
  process.kill(process.pid, 'SIGSTOP');
  await resumed;
  clearInterval(alive);
}

/** Stops this process as ctrl+z does; resolves once it goes on (`fg`). The terminal must have been handed back before. */
export async function suspendProcess(): Promise<void> {
  const resumed = new Promise<void>((resolve) => process.once('SIGCONT', () => resolve()));
  // SIGSTOP and not SIGTSTP: this program may be the one that handles SIGTSTP.
  process.kill(process.pid, 'SIGSTOP');
  await resumed;
}

import type { Estate } from './estate.ts';

/**
 * Lets happen what is due by now: scans that were asked for, and the daily pass over every analyzer. Called before each
 * request, so the emulator needs no timers.
 */
export function runWhatIsDue(estate: Estate): void {
  const now = estate.clock.now();
  estate.world.clock.now = now;
  runDueScans(estate, now);
  if (now - estate.lastPassAt >= estate.passMs) runDailyPass(estate);
}

function runDueScans(estate: Estate, now: number): void {
  const due = estate.scans.filter((scan) => scan.dueAt <= now);
  if (due.length === 0) return;
  estate.scans.splice(0, estate.scans.length, ...estate.scans.filter((scan) => scan.dueAt > now));
  for (const { analyzerArn, resourceArn, dueAt } of due) {
    const analyzer = estate.analyzers.get(analyzerArn);
    if (analyzer?.status !== 'ACTIVE') continue;
    analyzer.ledger.scan(resourceArn, dueAt);
    analyzer.lastAnalyzed = { resource: resourceArn, at: dueAt };
  }
}

/** One pass of every active analyzer, as of now; days that went by unobserved leave one pass, not many. */
export function runDailyPass(estate: Estate): void {
  const now = estate.clock.now();
  estate.world.clock.now = now;
  estate.lastPassAt = now;
  passEverywhere(estate, now);
}

/** Lets every active analyzer look at everything; `at` is the time that its changes are given. */
export function passEverywhere(estate: Estate, at: number): void {
  for (const analyzer of estate.analyzers.values())
    if (analyzer.status === 'ACTIVE') analyzer.ledger.pass(at);
}

import { hostname } from 'node:os';
import type { JournalEntry } from '../domain/journal.ts';

/** Who runs an entry: `4711@bastion`. */
export const formatOwner = (pid: number = process.pid, host: string = hostname()): string => `${pid}@${host}`;

export interface Machine {
  readonly pid: number;
  readonly host: string;
  /** Start of this process, epoch ms: a container that restarts has the same host and process id again. */
  readonly startedAt: number;
  isRunning(pid: number): boolean;
}

export const thisMachine: Machine = {
  pid: process.pid,
  host: hostname(),
  startedAt: performance.timeOrigin,
  isRunning,
};

/** After this long without a sign of life an entry counts as left behind, even if its process id lives (again). */
const SILENT_AFTER_MS = 60 * 60 * 1000;

/**
 * Whether the process that opened an entry may still be at work on it. A process of another host cannot be asked, and
 * process ids are used again, so an entry that has not moved for an hour is taken as left behind.
 */
export function isAtWork(entry: JournalEntry, now: number, machine: Machine = thisMachine): boolean {
  if (now - lastSignOf(entry) > SILENT_AFTER_MS) return false;
  const [pid, host] = splitOwner(entry.by);
  if (host !== machine.host) return true;
  return pid === machine.pid ? entry.at >= machine.startedAt : machine.isRunning(pid);
}

function lastSignOf({ at, operations }: JournalEntry): number {
  return operations.reduce((last, { sentAt = 0, finishedAt = 0 }) => Math.max(last, sentAt, finishedAt), at);
}

function splitOwner(by: string): readonly [pid: number, host: string] {
  const at = by.indexOf('@');
  return [Number(by.slice(0, at)), by.slice(at + 1)];
}

/** Signal 0 asks without disturbing; EPERM: it runs, as another user. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

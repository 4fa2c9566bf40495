/** What the translations share: shapes of the SDK and of the wire → the domain. Nothing that came is trusted. */

/** Properties that are set only where the service sent them. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** What was left out of an answer because this version does not know it, as one sentence each. */
export type ReportOddity = (sentence: string) => void;

/** Epoch ms of a time as the SDK (Date) or the wire (ISO 8601) has it; 0 where there is none: it sorts as the oldest. */
export function toTime(time: unknown): number {
  const value = typeof time === 'string' ? Date.parse(time) : time instanceof Date ? time.getTime() : NaN;
  return Number.isNaN(value) ? 0 : value;
}

/** For a thing that is left out: says so, and is nothing. */
export function odd(report: ReportOddity, what: string): undefined {
  report(`Left out ${what}.`);
  return undefined;
}

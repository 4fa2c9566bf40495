import type { Term } from './ast.ts';

/** Ages and dates of the filter, and the time they stand for. */
export type MomentTerm = Extract<Term, { readonly kind: 'moment' }>;
export type MomentOperator = MomentTerm['op'];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A month has 30 days and a year 365. */
const UNITS: Readonly<Record<string, number>> = {
  min: MINUTE,
  h: HOUR,
  d: DAY,
  w: 7 * DAY,
  mo: 30 * DAY,
  y: 365 * DAY,
};

/** The units that an age can be written in. */
export const AGE_UNITS: readonly string[] = Object.keys(UNITS);

/** Milliseconds of `30d`, `12h`, `2w`, `6mo`, `1y`, `45min`; undefined: not an age. */
export function toAge(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d{1,6})([a-z]+)$/i.exec(text) ?? [];
  const length = UNITS[unit.toLowerCase()];
  return count === undefined || length === undefined ? undefined : Number(count) * length;
}

/** Start of the day in UTC, epoch ms, of `2026-01-31`; undefined: not a date, or no such day. */
export function toDay(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || formatDay(at) !== text ? undefined : at;
}

/** What `toDay` reads. */
export const formatDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** What `toAge` reads, in the largest of years, days, hours and minutes that leaves no rest. */
export function formatAge(ms: number): string {
  if (ms === 0) return '0min';
  const unit = ['y', 'd', 'h'].find((name) => ms % (UNITS[name] ?? 1) === 0) ?? 'min';
  return `${Math.round(ms / (UNITS[unit] ?? MINUTE))}${unit}`;
}

/** `from` ≤ time < `until`, epoch ms; an absent end is open. */
export interface TimeRange {
  readonly from?: number;
  readonly until?: number;
}

/** Older is earlier: `age:>30d` ends 30 days ago. */
function ageRange(op: MomentOperator, then: number): TimeRange {
  switch (op) {
    case '>':
      return { until: then };
    case '>=':
      return { until: then + 1 };
    case '<':
      return { from: then + 1 };
    case '<=':
      return { from: then };
    case '=':
      return { from: then, until: then + 1 };
  }
}

/** A date is its whole day in UTC: `>` means after it, `=` on it. */
function dayRange(op: MomentOperator, day: number): TimeRange {
  switch (op) {
    case '>':
      return { from: day + DAY };
    case '>=':
      return { from: day };
    case '<':
      return { until: day };
    case '<=':
      return { until: day + DAY };
    case '=':
      return { from: day, until: day + DAY };
  }
}

/** When the thing must have happened; `never` has no time (undefined). */
export function rangeOf(term: Pick<MomentTerm, 'op' | 'moment'>, now: number): TimeRange | undefined {
  const { op, moment } = term;
  if (moment === 'never') return undefined;
  return 'age' in moment ? ageRange(op, now - moment.age) : dayRange(op, moment.at);
}

/**
 * Whether the time is meant. 'never' is longer ago than any time: it is in every range that is open to the past.
 * undefined (not known) is in none.
 */
export function matchesMoment(
  term: Pick<MomentTerm, 'op' | 'moment'>,
  time: number | 'never' | undefined,
  now: number,
): boolean {
  if (time === undefined) return false;
  const range = rangeOf(term, now);
  if (range === undefined) return time === 'never';
  if (time === 'never') return range.from === undefined;
  return (
    (range.from === undefined || time >= range.from) && (range.until === undefined || time < range.until)
  );
}

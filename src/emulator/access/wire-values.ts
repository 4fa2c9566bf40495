const DAY_MS = 24 * 60 * 60 * 1000;

/** `2026-03-01T` by day since the epoch: a page of a thousand findings holds three thousand times of few days. */
const dates = new Map<number, string>();

function dateOf(day: number): string {
  const date = dates.get(day) ?? new Date(day * DAY_MS).toISOString().slice(0, 11);
  dates.set(day, date);
  return date;
}

const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** ISO 8601 in UTC with milliseconds, as the API model's timestamps are. `at`: epoch ms. */
export function iso(at: number): string;
export function iso(at: number | undefined): string | undefined;
export function iso(at: number | undefined): string | undefined {
  if (at === undefined) return undefined;
  const whole = Math.trunc(at);
  const day = Math.floor(whole / DAY_MS);
  const ms = whole - day * DAY_MS;
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const clock = `${digits(Math.floor(minutes / 60), 2)}:${digits(minutes % 60, 2)}:${digits(seconds % 60, 2)}`;
  return `${dateOf(day)}${clock}.${digits(ms % 1000, 3)}Z`;
}

/** Leaves out members that have no value: the service never sends null. */
export function present(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name in members) if (members[name] !== undefined) kept[name] = members[name];
  return kept;
}

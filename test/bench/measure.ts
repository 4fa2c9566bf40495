/** Numbers of a series: medians hold where a machine does something else now and then. */

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new RangeError('no values were measured');
  return value;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
export const p95 = (values: readonly number[]): number => quantile(values, 0.95);

export type Series<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/**
 * Measures several things in turns, so that what slows the machine down meets all of them alike. The first round warms
 * caches and is thrown away, unless there is only one.
 */
export async function takeTurns<Name extends string>(
  rounds: number,
  measured: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Series<Name>> {
  const names = Object.keys(measured) as Name[];
  const series = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  const warmUp = rounds > 1 ? 1 : 0;
  for (let round = 0; round < rounds + warmUp; round++) {
    for (const name of names) {
      const value = await measured[name]();
      if (round >= warmUp) series[name].push(value);
    }
  }
  return series;
}

/** Median of the ratios of each round: both sides of a ratio were measured one right after the other. */
export const pairedRatio = (values: readonly number[], beside: readonly number[]): number =>
  median(values.map((value, index) => value / (beside[index] ?? Number.NaN)));

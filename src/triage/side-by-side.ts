/**
 * Runs `work` over the items, at most `limit` at a time, in order of starting. When one throws, no further item is
 * started, those under way are waited for, and the first error is thrown: nothing goes on behind the caller's back.
 */
export async function sideBySide<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    while (failures.length === 0) {
      const next = queue.next();
      if (next.done === true) return;
      try {
        await work(next.value);
      } catch (thrown) {
        failures.push(thrown);
      }
    }
  };
  await Promise.all(Array.from({ length: limit }, lane));
  if (failures.length > 0) throw failures[0];
}

interface Placed {
  readonly profile: string;
  readonly region: string;
  readonly analyzerArn: string;
}

/** One lane per profile, Region and analyzer, in the order of first appearance. */
export function groupByAnalyzer<T extends Placed>(items: Iterable<T>): Map<string, [T, ...T[]]> {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = `${item.profile} ${item.region} ${item.analyzerArn}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

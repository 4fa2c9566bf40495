import type { TallyContent } from './tally-columns.ts';

/** Exposures that are looked at: 1 for each that is meant; undefined: all. */
type Hits = Uint8Array | undefined;

/** Each finding of these exposures: its group, and when it was created. */
export function eachFinding(
  { groupOf, createdAt, runs }: TallyContent,
  hits: Hits,
  visit: (group: number, createdAt: number, exposure: number) => void,
): void {
  for (let exposure = 0; exposure < groupOf.length; exposure++) {
    if (hits?.[exposure] === 0) continue;
    const group = groupOf[exposure] ?? 0;
    if (group >= 0) visit(group, createdAt.at(exposure), exposure);
    else {
      const end = runs.endOf(~group);
      for (let finding = ~group + 1; finding < end; finding++)
        visit(runs.groups[finding] ?? 0, runs.createdAt.at(finding), exposure);
    }
  }
}

/** The group of one of its findings: all have the same cohort. -1: it has none. */
export function groupOfAny({ groupOf, runs }: TallyContent, exposure: number): number {
  const group = groupOf[exposure] ?? 0;
  return group >= 0 ? group : (runs.groups[~group + 1] ?? 0);
}

/** How many findings of an exposure are of a group that is meant. */
export function countMeant({ groupOf, runs }: TallyContent, meant: Uint8Array, exposure: number): number {
  const group = groupOf[exposure] ?? 0;
  // Most exposures have one finding: what they ask for is not to wait in a loop.
  if (group >= 0) return meant[group] ?? 0;
  const end = runs.endOf(~group);
  let count = 0;
  for (let finding = ~group + 1; finding < end; finding++) count += meant[runs.groups[finding] ?? 0] ?? 0;
  return count;
}

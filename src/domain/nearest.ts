/**
 * Optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours, each counted as one.
 */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

/** A long word is hardly a typo of a short one, and comparing it would cost time for nothing. */
const LONGEST = 64;

/**
 * What was probably meant: the candidate with the least edit distance (case aside), the first one on a tie. Up to a
 * third of the word may be wrong. A word that only begins a candidate counts as near. undefined: nothing is near.
 */
export function nearest(word: string, among: readonly string[]): string | undefined {
  if (word.length === 0 || word.length > LONGEST) return undefined;
  const wanted = word.toLowerCase();
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of among) {
    const lower = candidate.toLowerCase();
    const distance = wanted.length > 1 && lower.startsWith(wanted) ? 0.5 : editDistance(wanted, lower);
    const limit = Math.max(1, Math.floor(Math.min(wanted.length, lower.length) / 3));
    if (distance <= limit && (best === undefined || distance < best.distance)) best = { candidate, distance };
  }
  // One letter for another is not a typo.
  return best !== undefined && best.distance < wanted.length ? best.candidate : undefined;
}

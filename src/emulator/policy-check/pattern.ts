/**
 * Questions about IAM patterns (`*` any text, `?` any one character) as sets of texts. Answers are about one pair; none
 * looks at unions of patterns.
 */

/** Whether every text that `inner` matches is matched by `outer`. (`?*` within `*?` is not seen: false, never wrongly true.) */
export function includesPattern(outer: string, inner: string): boolean {
  return walk(outer, inner, (outerChar, innerChar) => {
    if (outerChar === '?') return innerChar !== '*';
    return outerChar === innerChar && innerChar !== '?';
  });
}

/** Whether some text is matched by both. */
export function overlapsPattern(a: string, b: string): boolean {
  // Positions in `a` that can be reached after each character of `b`: O(|a| × |b|).
  let row = closeStars(a, new Set([0]));
  for (const char of b) row = char === '*' ? fromHere(a, row) : closeStars(a, stepOver(a, row, char));
  return row.has(a.length);
}

/** Positions in `a` after one character `char` of `b` was matched. */
function stepOver(a: string, row: ReadonlySet<number>, char: string): Set<number> {
  const next = new Set<number>();
  for (const at of row) {
    const own = a[at];
    if (own === undefined) continue;
    if (own === '*') next.add(at);
    else if (own === '?' || char === '?' || own === char) next.add(at + 1);
  }
  return next;
}

/** A `*` of `a` may match nothing. */
function closeStars(a: string, row: Set<number>): Set<number> {
  for (const at of row) if (a[at] === '*') row.add(at + 1);
  return row;
}

/** A `*` of `b` takes any part of what is left of `a`. */
function fromHere(a: string, row: ReadonlySet<number>): Set<number> {
  const next = new Set<number>();
  for (let at = Math.min(...row); at <= a.length; at += 1) next.add(at);
  return next;
}

/** Matches `inner` as text, its wildcards included, against `outer`, whose `*` takes anything. */
function walk(
  outer: string,
  inner: string,
  matches: (outerChar: string, innerChar: string) => boolean,
): boolean {
  let at = 0;
  let star = -1;
  let resumeAt = 0;
  for (let i = 0; i < inner.length;) {
    const outerChar = outer[at];
    const innerChar = inner[i] ?? '';
    if (outerChar === '*') {
      star = at++;
      resumeAt = i;
    } else if (outerChar !== undefined && matches(outerChar, innerChar)) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++resumeAt;
    } else return false;
  }
  while (outer[at] === '*') at++;
  return at === outer.length;
}

/** A text that the pattern matches, with letters that no one else is likely to have written. */
export const sampleOf = (pattern: string): string => pattern.replace(/[*?]/g, 'z');

/**
 * `*` and `?` as IAM policies have them; the whole text must match, letter case counts. Walks both once and comes back
 * only to the last `*`, so that no pattern takes more than |pattern| × |text| steps.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  if (pattern === '*' || pattern === text) return true;
  let at = 0;
  let star = -1;
  let resumeAt = 0;
  for (let i = 0; i < text.length;) {
    if (pattern[at] === '*') {
      star = at++;
      resumeAt = i;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[i])) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++resumeAt;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

const WILD = /^[*?]/;

/** Action names are matched without regard to case (IAM User Guide, "Action"). */
export function matchesAction(pattern: string, action: string): boolean {
  if (pattern === '*') return true;
  // Most patterns are of another service: one letter tells, and this is asked a hundred thousand times.
  const sameStart = (pattern.charCodeAt(0) | 0x20) === (action.charCodeAt(0) | 0x20);
  return (sameStart || WILD.test(pattern)) && matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
}

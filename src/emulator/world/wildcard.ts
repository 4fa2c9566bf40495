const ESCAPED = /[.+^${}()|[\]\\]/g;

/** `*` and `?` as IAM policies have them; the whole text must match. Letter case counts. */
export function matchesWildcard(pattern: string, text: string): boolean {
  if (pattern === '*' || pattern === text) return true;
  if (!pattern.includes('*') && !pattern.includes('?')) return false;
  const source = pattern
    .replaceAll(ESCAPED, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

/** Action names are matched without regard to case (IAM User Guide, "Action"). */
export const matchesAction = (pattern: string, action: string): boolean =>
  matchesWildcard(pattern.toLowerCase(), action.toLowerCase());

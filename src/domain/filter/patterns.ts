import type { Pattern } from './ast.ts';

/** Values with `*` wildcards. Matching ignores case and is always whole: `*` stands for any text, none included. */

/** A pattern from its unescaped text: each `*` is a wildcard, runs of them are one. */
export const toPattern = (text: string): Pattern => ({ parts: text.replace(/\*+/g, '*').split('*') });

export const isLiteral = (pattern: Pattern): boolean => pattern.parts.length === 1;

/** The pattern that holds anything with this pattern inside: what a bare word means. */
export const anywhere = ({ parts }: Pattern): Pattern => ({ parts: ['', ...parts, ''] });

/** Greedy from the left: with `*` as the only wildcard the first place that fits is always right, so it is linear. */
export function matchesPattern(pattern: Pattern, value: string): boolean {
  const text = value.toLowerCase();
  const parts = pattern.parts.map((part) => part.toLowerCase());
  const first = parts[0] ?? '';
  if (parts.length <= 1) return text === first;
  const last = parts.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= end;
}

/**
 * Whole match, or a match of the rest after any `/` or `:`. So a name finds its ARN and
 * `GetObject` finds `s3:GetObject`.
 */
export function matchesFromBoundary(pattern: Pattern, value: string): boolean {
  if (matchesPattern(pattern, value)) return true;
  const [first = '', ...rest] = pattern.parts;
  return ['/', ':'].some((boundary) => matchesPattern({ parts: ['', boundary + first, ...rest] }, value));
}

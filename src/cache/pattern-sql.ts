import type { Pattern } from '../domain/filter/ast.ts';
import { anywhere } from '../domain/filter/patterns.ts';
import type { Sql } from './filter-node.ts';

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** `*` is LIKE's `%`. LIKE folds ASCII letters only: the value must already be folded where it has others. */
export const likeOf = (pattern: Pattern): string =>
  pattern.parts.map((part) => escapeLike(part.toLowerCase())).join('%');

const like = (value: string, patterns: readonly string[]): Sql => ({
  sql: patterns.map(() => `${value} LIKE ? ESCAPE '\\'`).join(' OR '),
  values: patterns,
});

/** As `matchesFromBoundary`: whole, or the rest after any `/` or `:`. */
export function fromBoundarySql(value: string, pattern: Pattern): Sql {
  const whole = likeOf(pattern);
  return like(value, [whole, `%/${whole}`, `%:${whole}`]);
}

export const anywhereSql = (value: string, pattern: Pattern): Sql => like(value, [likeOf(anywhere(pattern))]);

/** The parts of a pattern that a matching text must hold, in lower case, longest first. */
export const requiredParts = (pattern: Pattern): readonly string[] =>
  pattern.parts
    .filter((part) => part !== '')
    .map((part) => part.toLowerCase())
    .sort((a, b) => b.length - a.length);

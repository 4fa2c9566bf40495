import type { Expr, FilterKey } from './ast.ts';

/** Keys that a filter asks for, wherever they stand in it; a key that stands twice is there twice. */
export function keysAsked(expr: Expr): readonly FilterKey[] {
  switch (expr.kind) {
    case 'and':
    case 'or':
      return expr.items.flatMap(keysAsked);
    case 'not':
      return keysAsked(expr.item);
    case 'all':
    case 'word':
      return [];
    default:
      return [expr.key];
  }
}

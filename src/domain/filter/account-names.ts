import type { Expr, Pattern } from './ast.ts';
import { matchesPattern } from './patterns.ts';

/** Account id → the name a person gave it. */
export type AccountNames = Readonly<Record<string, string>>;

/**
 * The same filter with `account:` also meaning the ids of accounts whose name matches: the store knows ids only.
 * The same object when it mentions no name.
 */
export function withAccountNames(expr: Expr, names: AccountNames): Expr {
  switch (expr.kind) {
    case 'and':
    case 'or': {
      const items = expr.items.map((item) => withAccountNames(item, names));
      return items.every((item, index) => item === expr.items[index]) ? expr : { ...expr, items };
    }
    case 'not': {
      const item = withAccountNames(expr.item, names);
      return item === expr.item ? expr : { ...expr, item };
    }
    case 'match': {
      if (expr.key !== 'account') return expr;
      const ids = expr.values.flatMap((value) => idsOf(value, names));
      return ids.length === 0 ? expr : { ...expr, values: [...expr.values, ...ids] };
    }
    default:
      return expr;
  }
}

const idsOf = (value: Pattern, names: AccountNames): readonly Pattern[] =>
  Object.entries(names)
    .filter(([, name]) => matchesPattern(value, name))
    .map(([id]) => ({ parts: [id] }));

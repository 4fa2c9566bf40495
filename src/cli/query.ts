import type { Expr, FilterKey } from '../domain/filter/ast.ts';
import { withAccountNames } from '../domain/filter/account-names.ts';
import { parseFilter } from '../domain/filter/parse.ts';
import { DEFAULT_SORT, type ListQuery } from '../domain/listing.ts';
import type { Result } from '../domain/problem.ts';
import { fail, succeed } from '../domain/problem.ts';
import { cleanText } from '../domain/text.ts';
import { filterContext, type Runtime, type RuntimeGround } from '../services/runtime.ts';
import type { Store } from '../services/runtime.ts';

const NOWHERE = { start: 0, end: 0 };

const oneOf = (key: FilterKey, values: readonly string[]): readonly Expr[] =>
  values.length === 0
    ? []
    : [
        {
          kind: 'match',
          key,
          values: values.map((value) => ({ parts: [value.toLowerCase()] })),
          span: NOWHERE,
        },
      ];

function within(filter: Expr, { profiles, regions }: RuntimeGround): Expr {
  const places = [...oneOf('profile', profiles), ...oneOf('region', regions)];
  return places.length === 0 ? filter : { kind: 'and', items: [filter, ...places], span: NOWHERE };
}

/** A filter from the words of a command line; a wrong one is shown with a caret under what is wrong. */
export function parseFilterWords(words: readonly string[]): Result<Expr> {
  const text = words.join(' ');
  const parsed = parseFilter(text);
  if (parsed.ok) return succeed(parsed.expr);
  const { message, span, suggestion } = parsed.problem;
  const width = Math.max(1, span.end - span.start);
  return fail({
    kind: 'filter',
    message: `${message}\n  ${cleanText(text)}\n  ${' '.repeat(span.start)}${'^'.repeat(width)}`,
    ...(suggestion === undefined
      ? {}
      : { hint: `Did you mean ${suggestion.startsWith('"') ? suggestion : `"${suggestion}"`}?` }),
  });
}

/** What a command asks of the store: of the profiles and Regions that its command line names, where it names any. */
export const createQuery = (runtime: Runtime, store: Store, filter: Expr): ListQuery => ({
  filter: withAccountNames(within(filter, runtime.ground), runtime.settings.values.accounts),
  sort: DEFAULT_SORT,
  context: filterContext(runtime, store),
});

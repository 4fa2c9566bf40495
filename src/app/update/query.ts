import { parseFilter } from '../../domain/filter/parse.ts';
import type { Sort } from '../../domain/listing.ts';
import type { AppState } from '../state.ts';
import { setQuery } from './list.ts';
import type { Step } from './step.ts';
import { say } from './step.ts';

/** Puts a filter from elsewhere (a view, esc) in force; what cannot be parsed is said, and the list stays. */
export function setFilter(
  state: AppState,
  text: string,
  sort: Sort = state.list.sort,
  viewName?: string,
): Step {
  const parsed = parseFilter(text);
  if (!parsed.ok)
    return say(state, { kind: 'error', text: parsed.problem.message, hint: `The filter was: ${text}` });
  const [next, effects] = setQuery(
    { ...state, screen: 'findings' },
    { text: text.trim(), filter: parsed.expr, sort },
  );
  return [{ ...next, viewName }, effects];
}

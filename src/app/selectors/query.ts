import { withAccountNames } from '../../domain/filter/account-names.ts';
import type { Expr } from '../../domain/filter/ast.ts';
import { keysAsked } from '../../domain/filter/keys-asked.ts';
import type { ListQuery } from '../../domain/listing.ts';
import type { AppState } from '../state.ts';

/** What the list asks of the store, as of its version. */
export const selectQuery = ({ list, mode }: AppState): ListQuery => ({
  filter: withAccountNames(list.filter, mode.accountNames),
  sort: list.sort,
  context: list.context,
});

const MARKED: Expr = { kind: 'flag', key: 'marked', value: true, span: { start: 0, end: 0 } };

const markedContext = (state: AppState): ListQuery['context'] => ({
  ...state.list.context,
  marked: state.marks.ids,
});

/** All marked exposures that the store knows, whatever the filter. */
export const selectMarkedQuery = (state: AppState): ListQuery => ({
  filter: MARKED,
  sort: state.list.sort,
  context: markedContext(state),
});

/** The marked exposures that the filter shows. */
export const selectShownMarkedQuery = (state: AppState): ListQuery => ({
  filter: { kind: 'and', items: [selectQuery(state).filter, MARKED], span: MARKED.span },
  sort: state.list.sort,
  context: markedContext(state),
});

/** Whether the filter asks about marks, so that marking changes the list. */
export const mentionsMarks = (expr: Expr): boolean => keysAsked(expr).includes('marked');

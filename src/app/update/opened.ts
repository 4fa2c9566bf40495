import { listRows } from '../layout.ts';
import { selectQuery } from '../selectors/query.ts';
import type { AppState } from '../state.ts';
import type { Step } from './step.ts';
import { chain, step } from './step.ts';
import { startSync } from './sync.ts';

/** The screen stands: the list is read (again), then what was in flight, and then AWS is asked. */
export function opened(state: AppState): Step {
  const read = step(
    state,
    {
      kind: 'load-list',
      version: state.list.version,
      query: selectQuery(state),
      reason: 'open',
      follow: undefined,
      heirs: [],
      held: [],
      cursor: state.list.cursor,
      line: state.list.cursor - state.list.top,
      page: listRows(state.viewport),
    },
    { kind: 'load-summary' },
    { kind: 'load-journal' },
  );
  if (state.mode.offline) return read;
  return chain(
    chain(read, (after) => step(after, { kind: 'recover' })),
    (after) => startSync(after, false),
  );
}

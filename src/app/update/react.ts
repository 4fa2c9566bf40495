import { isDetailShown, listRows } from '../layout.ts';
import { mentionsMarks } from '../selectors/query.ts';
import type { AppState } from '../state.ts';
import { followCursor, wantDetails } from './detail.ts';
import { reload } from './list.ts';
import { followAnchor } from './marks.ts';
import type { Step } from './step.ts';
import { chain, stay, step } from './step.ts';
import { wantedWindow } from './window.ts';

/** What follows from a change of state, whatever made it: written once here, not in every message. */

function askWindow(state: AppState): Step {
  const effect = wantedWindow(state);
  if (effect?.kind !== 'load-window') return stay(state);
  const asked = { offset: effect.offset, limit: effect.limit };
  return step({ ...state, list: { ...state.list, asked } }, effect);
}

const marksChanged = (before: AppState, after: AppState): boolean =>
  before.marks.ids !== after.marks.ids && mentionsMarks(after.list.filter);

/** The rows on the screen, or what of them is looked at, are others than before. */
function looksElsewhere(before: AppState, after: AppState): boolean {
  return (
    before.list.rows !== after.list.rows ||
    before.list.top !== after.list.top ||
    listRows(before.viewport) !== listRows(after.viewport) ||
    (isDetailShown(after) && (!isDetailShown(before) || before.list.cursorId !== after.list.cursorId))
  );
}

export function react(before: AppState, after: AppState): Step {
  if (before === after) return stay(after);
  const anchored = followAnchor(before, after);
  const steps: Step = chain(askWindow(anchored), followCursor);
  const marked = marksChanged(before, steps[0]) ? chain(steps, (state) => reload(state, 'refresh')) : steps;
  if (!looksElsewhere(before, marked[0])) return marked;
  const leaves = before.list.top !== marked[0].list.top;
  return chain(marked, (state) => step(state, ...wantDetails(state, leaves)));
}

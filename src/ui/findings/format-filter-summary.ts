import { cleanText } from '../../domain/text.ts';
import { FALLS } from '../../domain/listing.ts';
import type { AppState } from '../../app/state.ts';
import { bothSides, EMPTY_LINE, joinLines, span, type Line } from '../line.ts';

/** The arrow points down in the order that a person expects first. */
export const sortText = ({ list: { sort } }: AppState): string =>
  `by ${sort.key} ${sort.descending === FALLS[sort.key] ? '↓' : '↑'}`;

/** The filter in force, the order, and what the list cannot know. `unseen`: "3 Regions not seen", or ''. */
export function formatFilterLine(state: AppState, unseen: string, width: number): Line {
  const { list, viewName } = state;
  const name: Line = viewName === undefined ? EMPTY_LINE : [span(`${cleanText(viewName)}  `, 'heading')];
  const filter = list.filterText === '' ? span('no filter', 'muted') : span(cleanText(list.filterText));
  const right = joinLines(
    [
      list.outdated && list.loading ? [span('looking …', 'muted')] : EMPTY_LINE,
      [span(sortText(state), 'muted')],
      unseen === '' ? EMPTY_LINE : [span(`! ${unseen}`, 'warning')],
    ],
    [span('   ')],
  );
  return bothSides([span(' / ', 'key'), ...name, filter], [...right, span(' ')], width);
}

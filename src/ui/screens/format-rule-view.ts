import { bodyRows, detailColumns } from '../../app/layout.ts';
import type { OpenRule } from '../../app/rules/rules-state.ts';
import { selectRuleView } from '../../app/selectors/rule-view.ts';
import type { AppState } from '../../app/state.ts';
import { formatMore } from '../dialogs/dialog-box.ts';
import { blank, bothSides, type Line } from '../line.ts';
import { formatTextLine } from '../text-line.ts';
import { partFrom } from '../visible-part.ts';

/** A rule, whole, with a margin; on its first line, how much there is. */
export function formatRuleView(state: AppState, { scroll }: OpenRule): readonly Line[] {
  const width = detailColumns(state.viewport, true);
  const all = selectRuleView(state);
  const part = partFrom(all.length, scroll, bodyRows(state.viewport));
  const more = formatMore(part, all.length);
  return all.slice(part.from, part.to).map((text, row): Line => {
    const line = formatTextLine(text, width);
    return [blank(1), ...(row === 0 ? bothSides(line, more, width) : line)];
  });
}

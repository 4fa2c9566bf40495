import { detailColumns, panelRows } from '../../app/layout.ts';
import type { Panel } from '../../app/panel.ts';
import {
  type PanelTab,
  selectPanelHead,
  selectPanelLines,
  selectPanelProgress,
} from '../../app/selectors/panel.ts';
import type { PanelLine } from '../../app/selectors/policy.ts';
import type { AppState } from '../../app/state.ts';
import { formatBar } from '../chrome/format-message.ts';
import { formatMore } from '../dialogs/dialog-box.ts';
import { blank, bothSides, cutLine, joinLines, lineWidth, span, type Line } from '../line.ts';
import { formatTextLine } from '../text-line.ts';
import { partFrom } from '../visible-part.ts';
import { formatDiffLine } from './format-diff.ts';

/** The panel over the list: its title, its parts, and the chosen part, scrolled. */

/** A chosen part has signs around it, and one that warns has its own sign: colour says nothing alone. */
function formatTab({ label, chosen, warns }: PanelTab): Line {
  const sign = warns ? [span('! ', 'warning')] : [];
  return chosen
    ? [span('›', 'accent'), ...sign, span(label, 'cursor'), span('‹', 'accent')]
    : [blank(1), ...sign, span(label, 'muted'), blank(1)];
}

/** The chosen part is always among those that fit. */
function formatTabs(tabs: readonly PanelTab[], width: number): Line {
  const formatted = tabs.map(formatTab);
  const chosen = tabs.findIndex((tab) => tab.chosen);
  let from = 0;
  const upTo = (start: number): number =>
    lineWidth(joinLines(formatted.slice(start, chosen + 1), [blank(1)]));
  while (from < chosen && upTo(from) > width - MORE.length) from += 1;
  const before = from === 0 ? [] : [span(MORE, 'muted')];
  return cutLine([...before, ...joinLines(formatted.slice(from), [blank(1)])], width);
}

const MORE = '… ';

const formatLine = (line: PanelLine, width: number): Line =>
  'shape' in line ? formatDiffLine(line, width) : formatTextLine(line, width);

/** Lines of the panel, from the title on; never more than the screen has. */
export function formatPanel(state: AppState, panel: Panel): readonly Line[] {
  const width = detailColumns(state.viewport, true);
  const head = selectPanelHead(state, panel);
  const lines = selectPanelLines(state, panel, width);
  const part = partFrom(lines.length, panel.scroll, panelRows(state.viewport));
  const progress = selectPanelProgress(panel);
  const more = formatMore(part, lines.length);
  const note: Line = head.note === '' ? [] : [span(head.note, 'muted')];
  return [
    bothSides([span(head.title, 'heading')], joinLines([note, more], [blank(3)]), width),
    progress === undefined ? formatTabs(head.tabs, width) : [span(formatBar(progress), 'accent')],
    ...lines.slice(part.from, part.to).map((line) => formatLine(line, width)),
  ].map((line) => [blank(1), ...line]);
}

import { selectFooter, type FooterHint } from '../../app/selectors/footer.ts';
import type { AppState } from '../../app/state.ts';
import { blank, bothSides, joinLines, lineWidth, span, type Line } from '../line.ts';

const formatHint = ({ key, label, disabled }: FooterHint): Line => [
  span(key, disabled ? 'muted' : 'key'),
  span(` ${label}`, disabled ? 'muted' : 'text'),
];

const BETWEEN = 2;

/** While a filter is typed its keys stand here; a dialog has its own on its border. */
function formatHints(state: AppState, hints: readonly FooterHint[]): readonly Line[] {
  if (state.dialog !== undefined) return [];
  if (state.filterBar === undefined) return hints.map(formatHint);
  const keys: readonly (readonly [string, string])[] = [
    ['enter', 'keep'],
    ['esc', 'as it was'],
    ['tab', 'complete'],
    ['↑↓', 'choose'],
  ];
  return keys.map(([key, label]) => formatHint({ key, label, disabled: false }));
}

function thatFit(hints: readonly Line[], cells: number): readonly Line[] {
  let room = cells + BETWEEN;
  const missing = hints.findIndex((hint) => (room -= lineWidth(hint) + BETWEEN) < 0);
  return missing === -1 ? hints : hints.slice(0, missing);
}

/** The last line: what is marked, what can be done now, where one is. Hints that do not fit are left out from the end. */
export function formatFooter(state: AppState, width: number): Line {
  const { marked, hints, position } = selectFooter(state);
  const right: Line = position === '' ? [] : [span(`${position} `, 'muted')];
  const start: Line = marked === '' ? [span(' ')] : [span(` ${marked}   `, 'marked')];
  const room = width - lineWidth(start) - lineWidth(right) - BETWEEN;
  const shown = thatFit(formatHints(state, hints), room);
  return bothSides([...start, ...joinLines(shown, [blank(BETWEEN)])], right, width);
}

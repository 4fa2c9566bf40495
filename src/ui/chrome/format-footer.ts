import { selectFooter, type FooterHint } from '../../app/selectors/footer.ts';
import type { AppState } from '../../app/state.ts';
import { bothSides, lineWidth, span, type Line } from '../line.ts';

const formatHint = ({ key, label }: FooterHint): Line => [span(key, 'key'), span(` ${label}  `)];

/** The last line: what is marked, what can be done now, where one is. Hints that do not fit are left out from the end. */
export function formatFooter(state: AppState, width: number): Line {
  const { marked, hints, position } = selectFooter(state);
  const right: Line = position === '' ? [] : [span(`${position} `, 'muted')];
  const start: Line = marked === '' ? [span(' ')] : [span(` ${marked}   `, 'marked')];
  let room = width - lineWidth(start) - lineWidth(right) - 1;
  const shown = hints.map(formatHint).filter((hint) => {
    room -= lineWidth(hint);
    return room >= 0;
  });
  return bothSides([...start, ...shown.flat()], right, width);
}

import { keySign } from '../../app/bindings.ts';
import type { Dialog } from '../../app/dialog.ts';
import { dialogRows } from '../../app/layout.ts';
import { selectPalette, type PaletteItem } from '../../app/selectors/palette.ts';
import type { AppState } from '../../app/state.ts';
import { wrapText } from '../../app/wrap.ts';
import { formatField } from '../field.ts';
import { bothSides, cutLine, EMPTY_LINE, lineWidth, span, type Line, type Span } from '../line.ts';
import { partAround } from '../visible-part.ts';
import { boxWidth, formatChoice, formatKeys, formatMore, innerWidth, type DialogBox } from './dialog-box.ts';

type Palette = Extract<Dialog, { kind: 'palette' }>;

const WIDTH = 76;
/** Why the chosen command cannot be run takes up to two lines: they are always there, so that nothing jumps. */
const WHY_ROWS = 2;

/** The title with the typed letters set off. */
function titleSpans({ title, matches, disabled }: PaletteItem): readonly Span[] {
  const typed = new Set(matches);
  return Array.from(title, (letter, at) =>
    span(letter, typed.has(at) ? 'key' : disabled === undefined ? 'text' : 'muted'),
  );
}

function formatItem(item: PaletteItem, ascii: boolean, width: number): Line {
  const keys = item.keys.map((chord) => keySign(chord, ascii)).join(' ');
  const title = titleSpans(item);
  // Why a command cannot be run is worth more than its key; what it is comes first. The chosen one says it whole below.
  const right = cutLine([span(item.disabled ?? keys, 'muted')], Math.max(0, width - lineWidth(title) - 2));
  return bothSides(title, right, width);
}

/** All commands, narrowed down by what is typed. As high whatever is typed, so that nothing jumps. */
export function formatPalette(dialog: Palette, state: AppState): DialogBox {
  const width = boxWidth(state.viewport, WIDTH);
  const cells = innerWidth(width);
  const rows = dialogRows(state.viewport) - 1 - WHY_ROWS;
  const items = selectPalette(state, dialog);
  const part = partAround(items.length, dialog.chosen, rows);
  const shown = items
    .slice(part.from, part.to)
    .map((item, index) =>
      formatChoice(formatItem(item, state.mode.ascii, cells - 2), part.from + index === dialog.chosen, cells),
    );
  const why = items[dialog.chosen]?.disabled;
  const below =
    why === undefined
      ? [formatMore(part, items.length)]
      : wrapText(why, cells).map((text): Line => [span(text, 'warning')]);
  const list = items.length === 0 ? [[span('  No command is called that.', 'muted')]] : shown;
  return {
    title: 'Commands',
    lines: [
      [span(': ', 'accent'), ...formatField(dialog.field, cells - 2)],
      ...Array.from({ length: Math.max(1, rows) }, (_, row): Line => list[row] ?? EMPTY_LINE),
      ...Array.from({ length: WHY_ROWS }, (_, row): Line => below[row] ?? EMPTY_LINE),
    ],
    foot: formatKeys([
      ['enter', 'run'],
      ['↑↓', 'choose'],
      ['esc', 'leave'],
    ]),
    width,
  };
}

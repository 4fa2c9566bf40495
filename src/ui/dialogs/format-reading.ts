import type { Dialog } from '../../app/dialog.ts';
import { dialogRows } from '../../app/layout.ts';
import { selectHelp, type HelpLine } from '../../app/selectors/help.ts';
import { selectOutcome, selectRecovered } from '../../app/selectors/outcome.ts';
import type { AppState } from '../../app/state.ts';
import { cellWidth, padEnd, truncateEnd } from '../../domain/text.ts';
import { EMPTY_LINE, span, type Line } from '../line.ts';
import { formatTextLine } from '../text-line.ts';
import { partFrom } from '../visible-part.ts';
import { boxWidth, formatKeys, formatMore, innerWidth, type DialogBox } from './dialog-box.ts';

/** Dialogs that are only read, and scrolled. */

const WIDTH = 92;

interface Reading {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly scroll: number;
  readonly keys: readonly (readonly [string, string])[];
}

/** Always as high as its content needs or the screen allows: scrolling does not change its size. */
function formatReading({ title, lines, scroll, keys }: Reading, state: AppState): DialogBox {
  const part = partFrom(lines.length, scroll, dialogRows(state.viewport));
  const more = formatMore(part, lines.length);
  return {
    title,
    lines: [...lines.slice(part.from, part.to), ...(more.length === 0 ? [] : [more])],
    foot: formatKeys(keys),
    width: boxWidth(state.viewport, WIDTH),
  };
}

const MOST_LEFT = 28;

/** Width of the left column, for each section its own: keys are short, examples of filters are not. */
function leftWidths(lines: readonly HelpLine[], width: number): readonly number[] {
  const most = Math.min(MOST_LEFT, Math.floor(width / 3));
  const section = lines.map(
    (_, at) => lines.slice(0, at + 1).filter(({ kind }) => kind === 'heading').length,
  );
  return section.map((own) => {
    const lefts = lines.flatMap((line, at) =>
      section[at] === own && line.kind === 'entry' ? [cellWidth(line.left)] : [],
    );
    return Math.min(most, Math.max(8, ...lefts));
  });
}

function formatHelpLine(line: HelpLine, left: number): Line {
  if (line.kind === 'blank') return EMPTY_LINE;
  if (line.kind === 'heading') return [span(line.text, 'heading')];
  const key = span(padEnd(truncateEnd(line.left, left), left + 2), 'key');
  const why = line.disabled === undefined ? [] : [span(` · ${line.disabled}`, 'muted')];
  return [key, span(line.right, line.disabled === undefined ? 'text' : 'muted'), ...why];
}

type Of<K extends Dialog['kind']> = Extract<Dialog, { kind: K }>;

export function formatHelp({ scroll }: Of<'help'>, state: AppState): DialogBox {
  const width = innerWidth(boxWidth(state.viewport, WIDTH));
  const help = selectHelp(state);
  const lefts = leftWidths(help, width);
  const lines = help.map((line, at) => formatHelpLine(line, lefts[at] ?? 0));
  return formatReading(
    {
      title: 'Help',
      lines,
      scroll,
      keys: [
        ['↑↓', 'scroll'],
        ['esc', 'leave'],
      ],
    },
    state,
  );
}

export function formatOutcome({ entryId, scroll }: Of<'outcome'>, state: AppState): DialogBox {
  const width = innerWidth(boxWidth(state.viewport, WIDTH));
  const { title, lines } = selectOutcome(state, entryId);
  const shown = lines.map((line) => formatTextLine(line, width));
  return formatReading(
    {
      title,
      lines: shown,
      scroll,
      keys: [
        ['↑↓', 'scroll'],
        ['enter', 'go on'],
      ],
    },
    state,
  );
}

export function formatRecovered({ entries, scroll }: Of<'recovered'>, state: AppState): DialogBox {
  const width = innerWidth(boxWidth(state.viewport, WIDTH));
  const lines = selectRecovered(entries).map((line) => formatTextLine(line, width));
  const offers = state.mode.readOnly
    ? []
    : ([
        ['f', 'finish it'],
        ['u', 'undo it'],
      ] as const);
  return formatReading(
    { title: 'The last run was cut short', lines, scroll, keys: [...offers, ['esc', 'leave it as it is']] },
    state,
  );
}

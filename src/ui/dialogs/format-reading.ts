import type { Dialog } from '../../app/dialog.ts';
import { dialogRows, readingColumns, readingWidth } from '../../app/layout.ts';
import { selectHelp, type HelpLine } from '../../app/selectors/help.ts';
import {
  canTakeBack,
  selectOfferedEntry,
  selectOutcome,
  selectRecovered,
} from '../../app/selectors/outcome.ts';
import type { TextLine } from '../../app/selectors/text-line.ts';
import type { AppState } from '../../app/state.ts';
import { padEnd } from '../../domain/text.ts';
import { EMPTY_LINE, span, type Line } from '../line.ts';
import { formatTextLine } from '../text-line.ts';
import { partFrom } from '../visible-part.ts';
import { formatKeys, formatMore, scrollKeys, type DialogBox, type Keys } from './dialog-box.ts';

/** Dialogs that are only read, and scrolled. */

interface Reading<T> {
  readonly title: string;
  /** Whole content; only what is seen is laid out: an outcome can have a hundred thousand lines. */
  readonly content: readonly T[];
  readonly format: (part: T) => Line;
  readonly scroll: number;
  /** Besides those that scroll. */
  readonly keys: Keys;
}

/** Always as high as its content needs or the screen allows: scrolling does not change its size. */
function formatReading<T>({ title, content, format, scroll, keys }: Reading<T>, state: AppState): DialogBox {
  const part = partFrom(content.length, scroll, dialogRows(state.viewport));
  const more = formatMore(part, content.length);
  return {
    title,
    lines: [...content.slice(part.from, part.to).map(format), ...(more.length === 0 ? [] : [more])],
    foot: formatKeys([...scrollKeys(part, content.length), ...keys]),
    width: readingWidth(state.viewport),
  };
}

function formatHelpLine(line: HelpLine): Line {
  if (line.kind === 'blank') return EMPTY_LINE;
  if (line.kind === 'heading') return [span(line.text, 'heading')];
  return [span(padEnd(line.left, line.leftCells), 'key'), span(line.right, line.muted ? 'muted' : 'text')];
}

type Of<K extends Dialog['kind']> = Extract<Dialog, { kind: K }>;

export function formatHelp({ scroll }: Of<'help'>, state: AppState): DialogBox {
  const keys = [['esc', 'leave']] as const;
  return formatReading(
    { title: 'Help', content: selectHelp(state), format: formatHelpLine, scroll, keys },
    state,
  );
}

export function formatOutcome({ entryId, scroll }: Of<'outcome'>, state: AppState): DialogBox {
  const { title, lines } = selectOutcome(state, entryId);
  const takeBack = canTakeBack(state, entryId) ? ([['z', 'take back what was done']] as const) : [];
  const keys = [...takeBack, ['enter', 'go on']] as const;
  return formatReading({ title, content: lines, format: lineFormat(state), scroll, keys }, state);
}

export function formatRecovered({ recoveries, scroll }: Of<'recovered'>, state: AppState): DialogBox {
  const offers =
    selectOfferedEntry(state, recoveries) === undefined
      ? []
      : ([
          ['f', 'finish it'],
          ['u', 'undo it'],
        ] as const);
  const keys = [...offers, ['esc', 'leave it']] as const;
  const content = selectRecovered(recoveries, state.viewport);
  return formatReading(
    { title: 'The last run was cut short', content, format: lineFormat(state), scroll, keys },
    state,
  );
}

const lineFormat =
  ({ viewport }: AppState) =>
  (line: TextLine): Line =>
    formatTextLine(line, readingColumns(viewport));

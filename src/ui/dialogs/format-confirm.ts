import type { Dialog } from '../../app/dialog.ts';
import { confirmColumns, confirmWidth, dialogRows } from '../../app/layout.ts';
import { selectConfirm, selectConfirmLines } from '../../app/selectors/confirm.ts';
import type { Viewport } from '../../app/state.ts';
import { cellWidth, padEnd } from '../../domain/text.ts';
import { formatField } from '../field.ts';
import { EMPTY_LINE, span, type Line } from '../line.ts';
import { formatTextLine } from '../text-line.ts';
import { partFrom } from '../visible-part.ts';
import { formatKeys, formatMore, scrollKeys, type DialogBox, type Keys } from './dialog-box.ts';

type Confirm = Extract<Dialog, { kind: 'confirm' }>;

/** A field with its label; the caret only where the keys go. */
function formatLabelled(label: string, field: 'reason' | 'typed', dialog: Confirm, cells: number): Line {
  const labelled = `${label}: `;
  const room = cells - cellWidth(labelled) - 2;
  const hasFocus = dialog.focus === field;
  const text = hasFocus ? formatField(dialog[field], room) : [span(padEnd(dialog[field].text, 1))];
  return [span(hasFocus ? '› ' : '  ', 'accent'), span(labelled, hasFocus ? 'heading' : 'muted'), ...text];
}

/** What is about to be changed, exactly, and what has to be typed before it is. */
export function formatConfirm(dialog: Confirm, viewport: Viewport): DialogBox {
  const cells = confirmColumns(viewport);
  const content = selectConfirm(dialog);
  const lines = selectConfirmLines(dialog, viewport);
  const part = partFrom(lines.length, dialog.scroll, dialogRows(viewport));
  const more = formatMore(part, lines.length);
  const fields: Line[] = [];
  if (content.reasonLabel !== undefined)
    fields.push(formatLabelled(content.reasonLabel, 'reason', dialog, cells));
  if (content.typedLabel !== undefined)
    fields.push(formatLabelled(content.typedLabel, 'typed', dialog, cells));
  const problem: Line[] = dialog.problem === undefined ? [] : [[span(`! ${dialog.problem}`, 'error')]];
  const below = [...fields, ...problem];
  const shown = lines.slice(part.from, part.to).map((line) => formatTextLine(line, cells));
  return {
    title: content.title,
    lines: [
      ...shown,
      ...(more.length === 0 ? [] : [more]),
      ...(below.length === 0 ? [] : [EMPTY_LINE, ...below]),
    ],
    foot: formatKeys([
      ...hintKeys(content.hint),
      ...scrollKeys(part, lines.length),
      ...(fields.length > 1 ? ([['tab', 'field']] as const) : []),
    ]),
    width: confirmWidth(viewport),
  };
}

/** "enter archives · esc leaves" as keys. */
const hintKeys = (hint: string): Keys =>
  hint.split(' · ').map((part) => {
    const [key = '', ...does] = part.split(' ');
    return [key, does.join(' ')];
  });

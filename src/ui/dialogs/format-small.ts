import type { Dialog } from '../../app/dialog.ts';
import { dialogRows } from '../../app/layout.ts';
import type { AppState, Viewport } from '../../app/state.ts';
import { cleanText } from '../../domain/text.ts';
import { formatField } from '../field.ts';
import { EMPTY_LINE, span, type Line } from '../line.ts';
import { partAround } from '../visible-part.ts';
import { wrapText } from '../../app/wrap.ts';
import { boxWidth, formatChoice, formatKeys, formatMore, innerWidth, type DialogBox } from './dialog-box.ts';

/** The dialogs of a few lines. */

const WIDTH = 64;

type Of<K extends Dialog['kind']> = Extract<Dialog, { kind: K }>;

export function formatPlanning({ title }: Of<'planning'>, viewport: Viewport): DialogBox {
  const width = boxWidth(viewport, WIDTH);
  return {
    title,
    lines: [[span('Looking up exactly what would change …', 'muted')]],
    foot: formatKeys([['esc', 'leave']]),
    width,
  };
}

/** Which organization may keep an access. */
export function formatOrganization({ field, problem }: Of<'organization'>, viewport: Viewport): DialogBox {
  const width = boxWidth(viewport, WIDTH);
  const cells = innerWidth(width);
  const about = 'Whoever belongs to this organization keeps the access, all others lose it.';
  return {
    title: 'Let only an organization in',
    lines: [
      ...wrapText(about, cells).map((text): Line => [span(text, 'muted')]),
      EMPTY_LINE,
      [span('Organization id  ', 'heading'), ...formatField(field, cells - 17)],
      ...(problem === undefined
        ? []
        : wrapText(`! ${problem}`, cells).map((text): Line => [span(text, 'warning')])),
    ],
    foot: formatKeys([
      ['enter', 'look at the fix'],
      ['esc', 'leave'],
    ]),
    width,
  };
}

/** The price of a check, before it is paid. */
export function formatPrice({ text }: Of<'price'>, viewport: Viewport): DialogBox {
  const width = boxWidth(viewport, WIDTH);
  const sentence = `CheckNoNewAccess compares the recommended policies with the existing ones. AWS charges for it: ${text}.`;
  return {
    title: 'This check costs money',
    lines: wrapText(sentence, innerWidth(width)).map((line): Line => [span(line)]),
    foot: formatKeys([
      ['enter', 'check'],
      ['esc', 'leave'],
    ]),
    width,
  };
}

export function formatProblem({ problem }: Of<'problem'>, viewport: Viewport): DialogBox {
  const width = boxWidth(viewport, WIDTH);
  const cells = innerWidth(width);
  const hint =
    problem.hint === undefined
      ? []
      : [EMPTY_LINE, ...wrapText(cleanText(problem.hint), cells).map((text): Line => [span(text, 'muted')])];
  return {
    title: 'This did not work',
    lines: [
      ...wrapText(cleanText(problem.message), cells).map((text): Line => [span(text, 'error')]),
      ...hint,
    ],
    foot: formatKeys([['enter', 'go on']]),
    width,
  };
}

export function formatSaveView({ field, problem }: Of<'save-view'>, state: AppState): DialogBox {
  const width = boxWidth(state.viewport, WIDTH);
  const cells = innerWidth(width);
  const filter = state.list.filterText === '' ? 'no filter' : cleanText(state.list.filterText);
  return {
    title: 'Save this view',
    lines: [
      [span('Name   ', 'heading'), ...formatField(field, cells - 7)],
      [span('Filter ', 'muted'), span(filter, 'muted')],
      [span('Order  ', 'muted'), span(`by ${state.list.sort.key}`, 'muted')],
      ...(problem === undefined ? [] : [[span(`! ${problem}`, 'warning')]]),
    ],
    foot: formatKeys([
      ['enter', 'save'],
      ['esc', 'leave'],
    ]),
    width,
  };
}

const THEMES_WIDTH = 44;

/** The list of themes: the chosen one is tried on while the list is open. */
export function formatThemes({ before, chosen }: Of<'themes'>, state: AppState): DialogBox {
  const width = boxWidth(state.viewport, THEMES_WIDTH);
  const cells = innerWidth(width);
  const part = partAround(state.themeNames.length, chosen, dialogRows(state.viewport));
  const lines = state.themeNames.slice(part.from, part.to).map((name, index) => {
    const sign = name === before ? '✓' : ' ';
    return formatChoice(
      [span(`${sign} `, 'marked'), span(cleanText(name))],
      part.from + index === chosen,
      cells,
    );
  });
  const more = formatMore(part, state.themeNames.length);
  return {
    title: 'Theme',
    lines: more.length === 0 ? lines : [...lines, more],
    foot: formatKeys([
      ['enter', 'keep'],
      ['esc', 'as it was'],
    ]),
    width,
  };
}

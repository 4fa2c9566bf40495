import type { Dialog } from '../../app/dialog.ts';
import { formatCount } from '../../domain/format-count.ts';
import type { OnTaken } from '../../app/rules/rules-file.ts';
import type { Viewport } from '../../app/state.ts';
import type { TextField } from '../../app/text-field.ts';
import { wrapText } from '../../app/wrap.ts';
import { cleanText } from '../../domain/text.ts';
import { boxWidth, formatKeys, innerWidth, type DialogBox } from '../dialogs/dialog-box.ts';
import { formatField } from '../field.ts';
import { blank, EMPTY_LINE, span, type Line } from '../line.ts';

/** Dialogs about files of archive rules. */

type Of<K extends Dialog['kind']> = Extract<Dialog, { kind: K }>;

const WIDTH = 84;
const LABEL = 16;
/** Paths that are shown while one is typed. */
const PATHS_SHOWN = 5;

const labelled = (label: string, hasFocus: boolean, text: Line): Line => [
  span(hasFocus ? '› ' : '  ', 'accent'),
  span(label.padEnd(LABEL), hasFocus ? 'heading' : 'muted'),
  ...text,
];

const choice = (text: string, hasFocus: boolean): Line => [span(hasFocus ? `‹ ${text} ›` : text)];

const fileLine = (field: TextField, hasFocus: boolean, cells: number): Line =>
  hasFocus ? formatField(field, cells - LABEL - 2) : [span(cleanText(field.text))];

const said = (problem: string | undefined, cells: number): readonly Line[] =>
  problem === undefined
    ? []
    : [
        EMPTY_LINE,
        ...wrapText(`! ${cleanText(problem)}`, cells).map((text): Line => [span(text, 'warning')]),
      ];

const ON_TAKEN: Readonly<Record<OnTaken, string>> = {
  refuse: 'import nothing and say which',
  skip: 'keep the one that is there',
  replace: 'take the one of the file',
};

/** Which file, and what becomes of rules that cannot simply be made. */
export function formatImportRules(dialog: Of<'import-rules'>, viewport: Viewport): DialogBox {
  const width = boxWidth(viewport, WIDTH);
  const cells = innerWidth(width);
  const { focus, field, onTaken, partial, apply, paths } = dialog;
  const shown = focus === 0 ? paths.slice(0, PATHS_SHOWN) : [];
  const hints = Array.from({ length: PATHS_SHOWN }, (_, row): Line => {
    const path = shown[row];
    return path === undefined ? EMPTY_LINE : [blank(LABEL + 2), span(cleanText(path), 'muted')];
  });
  return {
    title: 'Import archive rules',
    lines: [
      labelled('file', focus === 0, fileLine(field, focus === 0, cells)),
      ...hints,
      labelled('if one differs', focus === 1, choice(ON_TAKEN[onTaken], focus === 1)),
      labelled(
        'if AWS refuses',
        focus === 2,
        choice(partial ? 'leave that rule out' : 'import nothing and say why', focus === 2),
      ),
      labelled(
        'apply',
        focus === 3,
        choice(apply ? 'yes, archive what exists' : 'no, new findings only', focus === 3),
      ),
      ...said(dialog.problem, cells),
    ],
    foot: formatKeys([
      ['enter', 'look at the plan'],
      ['tab', 'complete'],
      ['↑↓', 'field'],
      ['←→', 'choose'],
      ['esc', 'leave'],
    ]),
    width,
  };
}

/** Rules die with their analyzer. */
export function formatExportFirst(dialog: Of<'export-first'>, viewport: Viewport): DialogBox {
  const width = boxWidth(viewport, WIDTH);
  const cells = innerWidth(width);
  const { offer, focus, wanted, field } = dialog;
  const about = `${cleanText(offer.name)} in ${cleanText(offer.region)} has ${formatCount(offer.rules, 'archive rule')}. They go with it, for good; a file can be imported again.`;
  return {
    title: 'Save its archive rules first',
    lines: [
      ...wrapText(about, cells).map((text): Line => [span(text)]),
      EMPTY_LINE,
      labelled('export', focus === 0, choice(wanted ? 'yes' : 'no, let them go', focus === 0)),
      ...(wanted ? [labelled('to', focus === 1, fileLine(field, focus === 1, cells))] : []),
      ...said(dialog.problem, cells),
    ],
    foot: formatKeys([
      ['enter', wanted ? 'export, then look at the plan' : 'look at the plan'],
      ['↑↓', 'field'],
      ['←→', 'choose'],
      ['esc', 'leave'],
    ]),
    width,
  };
}

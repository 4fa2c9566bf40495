import type { Dialog } from '../../app/dialog.ts';
import { formatCount, formatNumber } from '../../domain/format-count.ts';
import { FOCUS, foundFocus } from '../../app/rules/rule-editor.ts';
import {
  editorCells,
  editorRows,
  editorWidth,
  layoutEditor,
  REMARK_INDENT,
  remarkLines,
} from '../../app/selectors/rule-layout.ts';
import { placesText, roomLeft } from '../../app/selectors/rule-places.ts';
import type { TextLine } from '../../app/selectors/text-line.ts';
import type { Viewport } from '../../app/state.ts';
import { cellWidth, cleanText } from '../../domain/text.ts';
import { formatCompletionList } from '../completion-list.ts';
import { formatKeys, type DialogBox, type Keys } from '../dialogs/dialog-box.ts';
import { formatField } from '../field.ts';
import { blank, cutLine, EMPTY_LINE, span, type Line } from '../line.ts';
import { formatTextLine } from '../text-line.ts';
import { partAround } from '../visible-part.ts';
import { formatFound } from './format-found.ts';
import { formatPicker } from './format-picker.ts';

type Editor = Extract<Dialog, { kind: 'rule' }>;

const LABEL = 10;
/** From here on there is room for more than is needed. */
const WIDE = 90;
/** Before what a field says: its sign and its label. */
const INDENT = LABEL + 2;

/** The editor of a rule: what it would do now, how it is said, and which findings it would archive. */
export function formatRuleEditor(dialog: Editor, viewport: Viewport): DialogBox {
  if (dialog.picker !== undefined) return formatPicker({ ...dialog, picker: dialog.picker }, viewport);
  const cells = editorCells(viewport);
  const layout = layoutEditor(dialog, viewport);
  const remarks = cutRemarks(remarkLines(dialog, viewport), layout.remarks);
  const part = partAround(dialog.lines.length, dialog.focus - FOCUS.firstLine, layout.criteria);
  const head = [formatVerdict(dialog), EMPTY_LINE, ...formatFields(dialog, cells)];
  const lines = [
    ...head,
    ...formatCriteria(dialog, part.from, cells).slice(part.from, part.to),
    EMPTY_LINE,
    ...remarks.map((line): Line => [blank(REMARK_INDENT), ...formatTextLine(line, cells)]),
    ...(remarks.length === 0 ? [] : [EMPTY_LINE]),
    ...formatFound(dialog, layout.found, cells),
  ].map((line) => cutLine(line, cells));
  const at = head.length + dialog.focus - FOCUS.firstLine - part.from;
  const { editing } = dialog.draft;
  return {
    title: editing === undefined ? 'New archive rule' : `Edit archive rule ${cleanText(editing)}`,
    lines: withCompletions(dialog, fill(lines, editorRows(viewport)), at, cells),
    foot: formatKeys(keysOf(dialog)),
    width: editorWidth(viewport),
  };
}

/** What there is no room for is counted. */
function cutRemarks(remarks: readonly TextLine[], rows: number): readonly TextLine[] {
  if (remarks.length <= rows) return remarks;
  const left = remarks.length - rows + 1;
  return [...remarks.slice(0, rows - 1), { text: `… ${formatCount(left, 'more line')}`, tone: 'muted' }];
}

const fill = (lines: readonly Line[], rows: number): readonly Line[] =>
  Array.from({ length: rows }, (_, row) => lines[row] ?? EMPTY_LINE);

const LEAVE: Keys = [['esc', 'leave']];

function keysOf(dialog: Editor): Keys {
  const { completing, focus } = dialog;
  if (completing.completions.length > 0)
    return [
      ['tab', 'take'],
      ['↑↓', 'choose'],
      ['esc', 'close the list'],
    ];
  const common: Keys = [
    ['enter', 'plan'],
    ['↑↓', 'field'],
  ];
  const findings: Keys = (dialog.trial?.wouldArchive ?? 0) > 0 ? [['PgDn', 'findings']] : [];
  switch (focus) {
    case FOCUS.source:
    case FOCUS.apply:
      return [...common, ['←→', 'choose'], ...findings, ...LEAVE];
    case FOCUS.name:
      return [...common, ...findings, ...LEAVE];
    case FOCUS.places:
      return [...common, ['space', 'tick analyzers'], ...findings, ...LEAVE];
    case foundFocus(dialog):
      return [['enter', 'plan'], ['↑↓ PgUp PgDn', 'scroll'], ['g G', 'ends'], ...LEAVE];
    default:
      return [...common, ['tab', 'complete'], ...findings, ...LEAVE];
  }
}

/** What the rule would do, or what is wrong with it: always in the same place, never covered. */
function formatVerdict({ trial, problem, leaving }: Editor): Line {
  if (leaving === true) return [span('! Press esc once more to leave what is written here.', 'warning')];
  if (problem !== undefined) return [span(`! ${cleanText(problem)}`, 'error')];
  if (trial === undefined) return [span('Looking at what it would archive …', 'muted')];
  const { wouldArchive, publicOnes, caught } = trial;
  return [
    span(`Would archive ${formatNumber(wouldArchive)} active now`, 'heading'),
    ...(publicOnes === 0 ? [] : [span(` · ! ${formatNumber(publicOnes)} PUBLIC`, 'public')]),
    span(` · ${formatNumber(caught)} in the store ${caught === 1 ? 'is' : 'are'} like that`, 'muted'),
  ];
}

const labelled = (label: string, hasFocus: boolean, text: Line): Line => [
  span(hasFocus ? '› ' : '  ', 'accent'),
  span(label.padEnd(LABEL), hasFocus ? 'heading' : 'muted'),
  ...text,
];

const choice = (text: string, hasFocus: boolean): Line => [
  span(hasFocus ? `‹ ${cleanText(text)} ›` : cleanText(text)),
];

function formatFields(dialog: Editor, cells: number): readonly Line[] {
  const { draft, focus, source, name, apply } = dialog;
  const place =
    draft.sources.length < 2
      ? ''
      : `  ${source + 1} of ${draft.sources.length}${narrowToWide(dialog, cells)}`;
  const typed = focus === FOCUS.name ? formatField(name, cells - INDENT) : [span(cleanText(name.text))];
  const applied = apply ? 'yes, archive what exists' : 'no, new findings only';
  return [
    labelled('from', focus === FOCUS.source, [
      ...choice(draft.sources[source]?.label ?? '', focus === FOCUS.source),
      span(place, 'muted'),
    ]),
    labelled(
      'name',
      focus === FOCUS.name,
      draft.editing === undefined ? typed : [span(cleanText(draft.editing))],
    ),
    labelled('on', focus === FOCUS.places, [
      ...choice(placesText(dialog), focus === FOCUS.places),
      ...formatRoom(dialog),
    ]),
    labelled('apply', focus === FOCUS.apply, choice(applied, focus === FOCUS.apply)),
  ];
}

/** Proposals from marks stand in this order; two or three are named by themselves. */
const narrowToWide = ({ draft }: Editor, cells: number): string =>
  draft.editing === undefined && draft.sources.length > 3 && cells >= WIDE ? ', narrow to wide' : '';

/** What the fullest analyzer still takes, before AWS answers with 402. */
function formatRoom(dialog: Editor): Line {
  if (dialog.chosen.size === 0) return [];
  const room = roomLeft(dialog);
  return room > 0
    ? [span(` · room for ${formatCount(room, 'rule')}`, 'muted')]
    : [span(' · ! no room for another rule', 'warning')];
}

function formatCriteria(dialog: Editor, first: number, cells: number): readonly Line[] {
  return dialog.lines.map((field, index): Line => {
    const hasFocus = dialog.focus === FOCUS.firstLine + index;
    const label = index === first ? 'where' : 'and';
    if (hasFocus) return labelled(label, true, formatField(field, cells - INDENT));
    return labelled(label, false, [field.text === '' ? span('…', 'muted') : span(cleanText(field.text))]);
  });
}

/** The list below the word that it completes, or above it where there is no room below. */
function withCompletions(
  { completing, lines, focus }: Editor,
  under: readonly Line[],
  at: number,
  cells: number,
): readonly Line[] {
  const list = formatCompletionList(completing, cells);
  const field = lines[focus - FOCUS.firstLine];
  if (list === undefined || field === undefined) return under;
  const before = cellWidth(cleanText(field.text.slice(0, completing.completions[0]?.from ?? 0)));
  const left = Math.max(0, Math.min(INDENT + before - 4, cells - list.width));
  const top = at + 1 + list.lines.length <= under.length ? at + 1 : Math.max(0, at - list.lines.length);
  return under.map((line, row) => {
    const over = list.lines[row - top];
    return over === undefined ? line : [blank(left), ...over];
  });
}

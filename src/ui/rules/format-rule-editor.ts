import type { Dialog } from '../../app/dialog.ts';
import { formatCount } from '../../app/format-count.ts';
import { FIRST_LINE, type RuleTrial } from '../../app/rules/rule-editor.ts';
import { deadValueText } from '../../app/selectors/rules.ts';
import type { Viewport } from '../../app/state.ts';
import { shortResource } from '../../domain/arn.ts';
import type { StoredFinding } from '../../domain/listing.ts';
import { completeCriteriaLine } from '../../domain/rules/criteria-lines.ts';
import { kindOf } from '../../domain/resource-kind.ts';
import { cleanText } from '../../domain/text.ts';
import { boxWidth, formatKeys, innerWidth, type DialogBox } from '../dialogs/dialog-box.ts';
import { formatField } from '../field.ts';
import { blank, cutLine, EMPTY_LINE, span, type Line } from '../line.ts';

type Editor = Extract<Dialog, { kind: 'rule' }>;

const WIDTH = 100;
const LABEL = 10;

/** The editor of a rule: how it is said, what it would do now, and which findings it would archive. */
export function formatRuleEditor(dialog: Editor, viewport: Viewport): DialogBox {
  const width = boxWidth(viewport, WIDTH);
  const cells = innerWidth(width);
  const above = [...formatHead(dialog, cells), ...formatCriteria(dialog, cells), EMPTY_LINE];
  const facts = dialog.trial === undefined ? [pending(dialog)] : formatTrial(dialog.trial);
  const room = Math.max(0, viewport.rows - 6 - above.length - facts.length);
  const lines = [...above, ...facts, ...formatFirst(dialog, room)].map((line) => cutLine(line, cells));
  const { editing } = dialog.draft;
  return {
    title: editing === undefined ? 'New archive rule' : `Edit ${cleanText(editing)}`,
    lines: lines.slice(0, Math.max(4, viewport.rows - 5)),
    foot: formatKeys([
      ['enter', 'plan'],
      ['↑↓', 'field'],
      ['←→', 'choose'],
      ['tab', 'complete'],
      ['esc', 'leave'],
    ]),
    width,
  };
}

const labelled = (label: string, hasFocus: boolean, text: Line): Line => [
  span(hasFocus ? '› ' : '  ', 'accent'),
  span(label.padEnd(LABEL), hasFocus ? 'heading' : 'muted'),
  ...text,
];

const choice = (text: string, hasFocus: boolean): Line => [
  span(hasFocus ? `‹ ${cleanText(text)} ›` : cleanText(text)),
];

function formatHead(dialog: Editor, cells: number): readonly Line[] {
  const { draft, focus, source, place, name, apply } = dialog;
  const room = cells - LABEL - 2;
  const from = `${draft.sources[source]?.label ?? ''} (${source + 1} of ${draft.sources.length})`;
  const typed = focus === 1 ? formatField(name, room) : [span(cleanText(name.text))];
  const unsaid: readonly Line[] =
    draft.unsaid === undefined ? [] : [[span(`  ! A rule cannot say ${cleanText(draft.unsaid)}`, 'warning')]];
  return [
    labelled('from', focus === 0, choice(from, focus === 0)),
    ...unsaid,
    labelled('name', focus === 1, typed),
    labelled('on', focus === 2, [
      ...choice(draft.places[place]?.label ?? '', focus === 2),
      ...formatQuota(dialog.trial),
    ]),
    labelled(
      'apply',
      focus === 3,
      choice(apply ? 'yes, archive what exists' : 'no, new findings only', focus === 3),
    ),
  ];
}

function formatCriteria(dialog: Editor, cells: number): readonly Line[] {
  const room = cells - LABEL - 2;
  return dialog.lines.flatMap((field, index): readonly Line[] => {
    const hasFocus = dialog.focus === FIRST_LINE + index;
    const label = index === 0 ? 'where' : 'and';
    if (!hasFocus) {
      const text = field.text === '' ? '…' : cleanText(field.text);
      return [labelled(label, false, [span(text, field.text === '' ? 'muted' : 'text')])];
    }
    const hints = completeCriteriaLine(field.text).slice(0, 4).join('  ');
    return [
      labelled(label, true, formatField(field, room)),
      ...(hints === '' ? [] : [[blank(LABEL + 2), span(cleanText(hints), 'muted')]]),
    ];
  });
}

/** What the fullest analyzer still takes, before AWS answers with 402. */
function formatQuota(trial: RuleTrial | undefined): Line {
  if (trial === undefined) return [];
  const isFull = trial.quotaLeft <= 0;
  const text = isFull ? '! no room for another rule' : `room for ${formatCount(trial.quotaLeft, 'rule')}`;
  return [span(` · ${text}`, isFull ? 'warning' : 'muted')];
}

const pending = ({ problem }: Editor): Line =>
  problem === undefined ? [span('Looking …', 'muted')] : [span(`! ${cleanText(problem)}`, 'error')];

function formatTrial(trial: RuleTrial): readonly Line[] {
  const { wouldArchive, publicOnes, caught, uncertain } = trial;
  const number = (count: number): string => count.toLocaleString('en');
  return [
    [
      span(`Would archive ${number(wouldArchive)} active now`, 'heading'),
      span(` · ${number(caught)} in the store are like that`, 'muted'),
    ],
    ...(publicOnes === 0
      ? []
      : [
          [
            span(`! ${formatCount(publicOnes, 'of them is PUBLIC', 'of them are PUBLIC')}.`, 'public'),
          ] as Line,
        ]),
    ...(trial.canHidePublic
      ? [[span('! It can hide public access: it lacks isPublic = false.', 'warning')] as Line]
      : []),
    ...(uncertain === 0
      ? []
      : [
          [
            span(`${number(uncertain)} more may match: their details are not fetched yet.`, 'warning'),
          ] as Line,
        ]),
    ...trial.overlaps.slice(0, 2).map((text): Line => [span(`It is ${cleanText(text)}.`, 'warning')]),
    ...trial.dead
      .slice(0, 3)
      .map((value): Line => [
        span(`Nothing in the store matches ${deadValueText(value)}: a typing error?`, 'warning'),
      ]),
    ...trial.unknownKeys.map((key): Line => [
      span(`AWS does not document the key ${cleanText(key)}.`, 'warning'),
    ]),
  ];
}

function formatFirst({ trial, scroll }: Editor, rows: number): readonly Line[] {
  const shown = (trial?.first ?? []).slice(scroll, scroll + Math.max(0, rows - 1));
  return shown.length === 0 ? [] : [EMPTY_LINE, ...shown.map(formatFinding)];
}

const formatFinding = ({ region, resource, resourceType, isPublic }: StoredFinding): Line => [
  span(isPublic === true ? '! public  ' : '  ', 'public'),
  span(cleanText(`${kindOf(resourceType)} ${shortResource(resource, resourceType)}`)),
  span(`  ${cleanText(region)}`, 'muted'),
];

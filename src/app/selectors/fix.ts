import { cleanText } from '../../domain/text.ts';
import type { Token } from '../../theme/tokens.ts';
import type { Fix, PreviewOutcome, Resolution } from '../../triage/resolve/fix.ts';
import type { ResolvePanel } from '../panel.ts';
import type { AppState } from '../state.ts';
import { diffLines } from './diff-rows.ts';
import type { PanelLine } from './policy.ts';
import { proofLines } from './proof.ts';
import { selectRowUnder } from './row-under.ts';
import type { TextLine } from './text-line.ts';
import { wrapLines } from './wrap-lines.ts';

/** The way to the fix: what is wrong, and the chosen one of its fixes, whole. */

const heading = (text: string): TextLine => ({ text, tone: 'heading' });
const BLANK: TextLine = { text: '' };

/** A text of several lines (a statement) under one label. */
const labelled = (label: string, text: string, tone: Token = 'text'): readonly TextLine[] =>
  text.split('\n').map((line, at) => ({ label: at === 0 ? label : '', text: cleanText(line), tone }));

/** Only the first of several lines carries their label. */
const list = (label: string, texts: readonly string[], tone: Token = 'text'): readonly TextLine[] =>
  texts.flatMap((text, at) => labelled(at === 0 ? label : '', text, tone));

const PREVIEW_TONES: Readonly<Record<PreviewOutcome['verdict'], Token>> = {
  resolved: 'success',
  stays: 'error',
  moves: 'warning',
  failed: 'error',
  unchecked: 'warning',
};

const blockedLines = ({ blocked }: Fix): readonly TextLine[] =>
  blocked === undefined
    ? []
    : [
        { text: `Not from here: ${cleanText(blocked.message)}`, tone: 'warning' },
        ...(blocked.hint === undefined ? [] : [{ text: cleanText(blocked.hint), tone: 'muted' as const }]),
      ];

const previewLines = ({ preview }: Fix): readonly TextLine[] =>
  preview === undefined ? [] : labelled('access preview', preview.sentence, PREVIEW_TONES[preview.verdict]);

function aboutFix(fix: Fix, { proof }: Resolution): readonly TextLine[] {
  const hand = fix.plan === undefined && fix.blocked === undefined;
  return [
    heading(cleanText(fix.title)),
    ...blockedLines(fix),
    ...(hand ? [{ text: 'This is done by hand, with the commands below.', tone: 'muted' as const }] : []),
    ...list('changes', fix.changes),
    ...list('could break', fix.risks, 'warning'),
    ...previewLines(fix),
    ...labelled('undo', fix.undo),
    ...labelled('then', proof),
  ];
}

const commandLines = ({ commands, link }: Fix): readonly TextLine[] => [
  ...(commands.length === 0 ? [] : [BLANK, heading('The same as aws commands')]),
  ...commands.map((command): TextLine => ({ text: cleanText(command), tone: 'muted' })),
  ...(link === undefined ? [] : [BLANK, { text: cleanText(link), tone: 'link' as const }]),
];

function headLines(state: AppState, panel: ResolvePanel, { wrong, notes }: Resolution): readonly TextLine[] {
  const proofs = proofLines(state, panel.exposureId, selectRowUnder(state)?.fixedAt);
  const made: readonly TextLine[] =
    panel.made === undefined ? [] : [{ text: `Done: ${cleanText(panel.made)}`, tone: 'success' }];
  return [
    { text: cleanText(wrong) },
    ...notes.map((note): TextLine => ({ text: cleanText(note), tone: 'warning' })),
    ...(made.length + proofs.length === 0 ? [] : [BLANK, ...made, ...proofs]),
  ];
}

/** Everything about the chosen fix, as lines of a width. */
export function fixLines(
  state: AppState,
  panel: ResolvePanel,
  resolution: Resolution,
  columns: number,
): readonly PanelLine[] {
  const head = wrapLines(headLines(state, panel, resolution), columns);
  const fix = resolution.fixes[panel.chosen];
  if (fix === undefined) return head;
  const diffs = fix.diffs.flatMap(({ name, diff }): readonly PanelLine[] => [
    BLANK,
    heading(cleanText(name)),
    ...diffLines(diff, columns),
  ]);
  return [
    ...head,
    BLANK,
    ...wrapLines(aboutFix(fix, resolution), columns),
    ...diffs,
    ...wrapLines(commandLines(fix), columns),
  ];
}

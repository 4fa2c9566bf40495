import { checkable } from '../../triage/recommend/check-recommendation.ts';
import {
  type AccessVerdict,
  checkPriceText,
  type PolicyIssue,
  type PolicySource,
  type RecommendedChange,
} from '../../domain/recommendation.ts';
import { cleanText } from '../../domain/text.ts';
import type { Token } from '../../theme/tokens.ts';
import { findCommand } from '../commands/all.ts';
import type { PolicyPanel, PolicyPreview } from '../panel.ts';
import type { AppState } from '../state.ts';
import { diffLines, type DiffPanelLine } from './diff-rows.ts';
import { keyOf } from './key-of.ts';
import { serviceLines } from './service-fates.ts';
import type { TextLine } from './text-line.ts';
import { wrapLines } from './wrap-lines.ts';

/** The preview of a recommended policy: one policy at a time, whole. */

export type PanelLine = TextLine | DiffPanelLine;

const heading = (text: string): TextLine => ({ text, tone: 'heading' });
const BLANK: TextLine = { text: '' };

const SOURCES: Readonly<Record<PolicySource, string>> = {
  'aws-managed': 'an AWS managed policy',
  'customer-managed': 'a customer managed policy',
  inline: 'an inline policy',
};

/** What becomes of it, in one sentence. */
function fateText({ step, source, existing }: RecommendedChange): string {
  if (existing === undefined) return 'It is not there any more: nothing is done about it.';
  const what = `It is ${SOURCES[source]}`;
  if (step.action === 'DETACH_POLICY') {
    return source === 'inline'
      ? `${what} of which nothing is used: it goes.`
      : `${what} of which nothing is used: it is detached.`;
  }
  return source === 'inline'
    ? `${what}: a narrower one is put beside it, then it goes.`
    : `${what}: a narrower one is made and attached, then it is detached.`;
}

function warnings({ stale, existing, otherHolders }: RecommendedChange): readonly TextLine[] {
  const changed: TextLine = {
    text: 'Stale: the live policy changed after this was recommended. p asks for a new one.',
    tone: 'warning',
  };
  const shared: TextLine = {
    text: `Also attached to ${otherHolders.map(cleanText).join(', ')}: they keep it.`,
    tone: 'warning',
  };
  return [
    ...(stale && existing !== undefined ? [changed] : []),
    ...(otherHolders.length > 0 ? [shared] : []),
  ];
}

const ISSUE_TONES: Readonly<Record<PolicyIssue['type'], Token>> = {
  ERROR: 'error',
  SECURITY_WARNING: 'warning',
  WARNING: 'warning',
  SUGGESTION: 'muted',
};

function issueLines({ issues, step }: RecommendedChange): readonly TextLine[] {
  if (step.recommendedPolicy === undefined) return [];
  const found = issues.map(({ type, code, details, line }): TextLine => ({
    label: type.toLowerCase().replace('_', ' '),
    text: `${code}${line === undefined ? '' : ` (line ${line})`}: ${cleanText(details)}`,
    tone: ISSUE_TONES[type],
  }));
  const none: TextLine = { text: 'ValidatePolicy found nothing to say about the new text.', tone: 'success' };
  return [BLANK, heading('ValidatePolicy'), ...(found.length === 0 ? [none] : found)];
}

const VERDICTS: Readonly<Record<AccessVerdict['result'], { readonly text: string; readonly tone: Token }>> = {
  PASS: { text: 'PASS: the new text grants nothing that the existing one does not.', tone: 'success' },
  FAIL: { text: 'FAIL: the new text grants something new.', tone: 'error' },
  UNDECIDED: { text: 'It could not be decided.', tone: 'warning' },
};

function verdictLines(
  state: AppState,
  { verdict, step, existing }: RecommendedChange,
  { recommendation }: PolicyPreview,
): readonly TextLine[] {
  if (step.recommendedPolicy === undefined || existing === undefined) return [];
  const title = [BLANK, heading('CheckNoNewAccess')];
  if (verdict !== undefined) {
    const words = [verdict.message, ...verdict.reasons].filter((text) => text !== '');
    return [...title, VERDICTS[verdict.result], ...words.map((text) => ({ text: cleanText(text) }))];
  }
  if (state.panel?.kind === 'policy' && state.panel.checking)
    return [...title, { text: 'It is being checked …', tone: 'muted' }];
  const price = checkPriceText(checkable(recommendation).length);
  return [
    ...title,
    { text: `Not checked yet. ${keyOf(state, 'check-policy')} checks it: ${price}.`, tone: 'muted' },
  ];
}

const KEEPS = ['keep.monthly-job', 'keep.pipeline', 'keep.recovery', 'keep.backup'] as const;

const keepLines = (state: AppState): readonly TextLine[] => [
  BLANK,
  heading('Is it needed after all?'),
  {
    text: 'Not used within the tracking period is not the same as not needed. These keys archive the finding with the reason:',
    tone: 'muted',
  },
  ...KEEPS.map((id): TextLine => ({ label: keyOf(state, id), text: findCommand(id)?.label ?? id })),
];

/** Everything about the chosen policy, as lines of a width. */
export function policyLines(
  state: AppState,
  panel: PolicyPanel,
  preview: PolicyPreview,
  columns: number,
): readonly PanelLine[] {
  const change = preview.recommendation.changes[panel.chosen];
  if (change === undefined)
    return wrapLines([{ text: 'Access Analyzer recommends no change.', tone: 'success' }], columns);
  const { detail } = preview.finding;
  const unused = detail?.kind === 'unused-permission' ? detail.services : [];
  const above: readonly TextLine[] = [
    { text: fateText(change) },
    ...warnings(change),
    BLANK,
    heading('What stays and what goes'),
    ...serviceLines(change, unused, state.now),
    BLANK,
    heading('The policy, existing and recommended'),
  ];
  const below = [...issueLines(change), ...verdictLines(state, change, preview), ...keepLines(state)];
  return [...wrapLines(above, columns), ...diffLines(change.diff, columns), ...wrapLines(below, columns)];
}

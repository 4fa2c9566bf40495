import type { EntryKind } from '../../domain/journal.ts';
import { shortResource } from '../../domain/arn.ts';
import { cleanText } from '../../domain/text.ts';
import { summarizePlan } from '../../triage/summarize-plan.ts';
import type { Dialog } from '../dialog.ts';
import { formatCount } from '../format-count.ts';
import type { TextLine } from './text-line.ts';

export interface ConfirmContent {
  readonly title: string;
  /** Whole content above the fields, one screen line each: who wants fewer scrolls. */
  readonly lines: readonly TextLine[];
  /** Label of the reason field; undefined: this change has none. */
  readonly reasonLabel: string | undefined;
  /** "Type archive to go on"; undefined: no word is asked for. */
  readonly typedLabel: string | undefined;
  readonly hint: string;
}

type Confirm = Extract<Dialog, { kind: 'confirm' }>;

const ENTER: Readonly<Record<EntryKind, string>> = {
  archive: 'enter archives',
  unarchive: 'enter makes them active again',
  rule: 'enter does it',
  fix: 'enter does it',
  scan: 'enter asks for the scan',
  undo: 'enter takes it back',
  redo: 'enter does it again',
};

const perAnalyzer = (plan: Confirm['plan'], isScan: boolean): readonly TextLine[] =>
  summarizePlan(plan).lines.map((line) => ({
    label: cleanText(line.region),
    text: `${cleanText(line.analyzerName)} · ${
      isScan ? formatCount(line.requests, 'resource') : formatCount(line.findings, 'finding')
    }${line.profile === 'default' ? '' : ` · ${cleanText(line.profile)}`}`,
  }));

/** Resources that a scan names; findings are told apart by analyzer instead. */
const scanned = (plan: Confirm['plan']): readonly TextLine[] =>
  plan.operations.flatMap(({ change }) =>
    change.kind === 'start-resource-scan'
      ? [{ text: cleanText(shortResource(change.resourceArn, '')), tone: 'muted' as const }]
      : [],
  );

/** How many are public, and which: nobody archives something public by accident. */
function publicLines({ publicCount, publicResources = [] }: Confirm['plan']): readonly TextLine[] {
  if (publicCount === 0) return [];
  const text = `${publicCount === 1 ? '1 of them is' : `${publicCount.toLocaleString('en')} of them are`} PUBLIC:`;
  const names = publicResources.map((resource): TextLine => ({
    label: '',
    text: cleanText(resource),
    tone: 'public',
  }));
  return [{ text, tone: 'public' }, ...names];
}

/** What the dialog before a change says: what and how many, per analyzer and Region, and how many are public. */
export function selectConfirm(dialog: Confirm): ConfirmContent {
  const { plan } = dialog;
  const summary = summarizePlan(plan);
  const skipped: readonly TextLine[] = summary.skipped.map(({ why, count }) => ({
    text: `Left out: ${formatCount(count, 'finding')}. ${cleanText(why)}`,
    tone: 'warning',
  }));
  const notes = (plan.notes ?? []).map((note): TextLine => ({ text: cleanText(note), tone: 'warning' }));
  const lines: readonly TextLine[] = [
    ...(dialog.names ?? []).map((text): TextLine => ({ text, tone: 'heading' })),
    {
      text: `${formatCount(summary.requests, 'request')} in ${formatCount(summary.regions.length, 'Region')}`,
    },
    ...publicLines(plan),
    { text: '' },
    ...perAnalyzer(plan, plan.kind === 'scan'),
    ...scanned(plan),
    ...notes,
    ...(skipped.length === 0 ? [] : [{ text: '' }, ...skipped]),
  ];
  return {
    title: cleanText(plan.title),
    lines,
    reasonLabel: plan.kind === 'archive' ? 'Reason (optional)' : undefined,
    typedLabel: plan.typedWord === undefined ? undefined : `Type ${plan.typedWord} to go on`,
    hint: `${ENTER[plan.kind]} · esc leaves`,
  };
}

import type { EntryKind, Plan } from '../../domain/journal.ts';
import { shortResource } from '../../domain/arn.ts';
import { cellWidth, cleanText } from '../../domain/text.ts';
import { type PlanLine, summarizePlan } from '../../triage/summarize-plan.ts';
import type { Dialog } from '../dialog.ts';
import { formatCount, formatNumber } from '../../domain/format-count.ts';
import { confirmColumns } from '../layout.ts';
import { remember } from '../remember.ts';
import type { Viewport } from '../state.ts';
import { iamSteps, plannedSteps } from './steps.ts';
import { rulePlanLines } from './rule-plan.ts';
import type { TextLine } from './text-line.ts';
import { rememberWrapped, wrapLines } from './wrap-lines.ts';

export interface ConfirmContent {
  readonly title: string;
  /** Whole content above the fields, not yet cut to a width. */
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
  analyzer: 'enter deletes it',
  undo: 'enter takes it back',
  redo: 'enter does it again',
};

function analyzerLine(line: PlanLine, isScan: boolean): TextLine {
  const count = isScan ? formatCount(line.requests, 'resource') : formatCount(line.findings, 'finding');
  const profile = line.profile === 'default' ? '' : ` · ${cleanText(line.profile)}`;
  return { label: cleanText(line.region), text: `${cleanText(line.analyzerName)} · ${count}${profile}` };
}

/** More names than a person reads through; each is a line that is cleaned and laid out before the dialog opens. */
const MOST_NAMED = 500;

/** Resources that a scan names; findings are told apart by analyzer instead. */
function scanned({ operations }: Plan): readonly TextLine[] {
  const resources = operations.flatMap(({ change }) =>
    change.kind === 'start-resource-scan' ? [change.resourceArn] : [],
  );
  const named = resources
    .slice(0, MOST_NAMED)
    .map((arn): TextLine => ({ text: cleanText(shortResource(arn, '')), tone: 'muted' }));
  const more = resources.length - named.length;
  const rest: readonly TextLine[] =
    more === 0 ? [] : [{ text: `and ${formatNumber(more)} more`, tone: 'muted' }];
  return named.length === 0 ? [] : [{ text: '' }, ...named, ...rest];
}

/** How many are public, and which: nobody archives something public by accident. */
function publicLines({ publicCount, publicResources = [] }: Plan, findings: number): readonly TextLine[] {
  if (publicCount === 0) return [];
  const which = publicCount === 1 ? '1 of them is' : `${formatNumber(publicCount)} of them are`;
  const text = `${findings === 1 ? 'It is' : which} PUBLIC:`;
  // A column of labels would cost an ARN the end that tells it apart.
  const names = publicResources.map((resource): TextLine => ({
    text: `  ${cleanText(resource)}`,
    tone: 'public',
  }));
  return [{ text, tone: 'public' }, ...names];
}

/** What and how many, per analyzer and Region, how many are public, and what is left out. */
const planLines = remember((plan: Plan): readonly TextLine[] => {
  const summary = summarizePlan(plan);
  const skipped = summary.skipped.map(({ why, count }): TextLine => ({
    text: `Left out: ${formatCount(count, 'finding')}. ${cleanText(why)}`,
    tone: 'warning',
  }));
  const notes = (plan.notes ?? []).map((note): TextLine => ({ text: cleanText(note), tone: 'warning' }));
  if (iamSteps(plan.operations).length > 0)
    return [...plannedSteps(plan.operations), ...(notes.length === 0 ? [] : [{ text: '' }, ...notes])];
  return [
    {
      text: `${formatCount(summary.requests, 'request')} in ${formatCount(summary.regions.length, 'Region')}`,
    },
    ...publicLines(plan, summary.findings),
    ...rulePlanLines(plan),
    { text: '' },
    ...summary.lines.map((line) => analyzerLine(line, plan.kind === 'scan')),
    ...scanned(plan),
    ...notes,
    ...(skipped.length === 0 ? [] : [{ text: '' }, ...skipped]),
  ];
});

const nameLines = (names: readonly string[]): readonly TextLine[] =>
  names.map((text): TextLine => ({ text, tone: 'heading' }));

/** Cells of the border that its title leaves to the corner. */
const TITLE_MARGIN = 2;

/** A title that the border has no room for is cut there, and stands whole below: its end may say "and apply". */
function longTitle({ title }: Plan, columns: number): readonly TextLine[] {
  const text = cleanText(title);
  return cellWidth(text) > columns - TITLE_MARGIN ? [{ text, tone: 'heading' }] : [];
}

/** What the dialog before a change says. */
export function selectConfirm({ plan, names = [] }: Confirm): ConfirmContent {
  return {
    title: cleanText(plan.title),
    lines: [...nameLines(names), ...planLines(plan)],
    reasonLabel: plan.kind === 'archive' ? 'Reason (optional)' : undefined,
    typedLabel: plan.typedWord === undefined ? undefined : `Type ${plan.typedWord} to go on`,
    hint: `${ENTER[plan.kind]} · esc leaves`,
  };
}

const wrappedPlan = rememberWrapped(planLines);

/** Its lines as they stand on the screen: nothing of what is confirmed is cut off, so that all of it can be read. */
export function selectConfirmLines({ plan, names = [] }: Confirm, viewport: Viewport): readonly TextLine[] {
  const columns = confirmColumns(viewport);
  return [
    ...wrapLines([...longTitle(plan, columns), ...nameLines(names)], columns),
    ...wrappedPlan(plan, columns),
  ];
}

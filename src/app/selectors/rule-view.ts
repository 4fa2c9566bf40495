import type { ArchiveRule } from '../../domain/archive-rule.ts';
import { formatValue } from '../../domain/filter/format.ts';
import type { ExposureRow } from '../../domain/listing.ts';
import { toCriteriaLines } from '../../domain/rules/criteria-lines.ts';
import { diffCriteria } from '../../domain/rules/criteria-text.ts';
import { findDrift } from '../../domain/rules/drift.ts';
import { cleanText } from '../../domain/text.ts';
import { agoText, whoWhatText } from '../../domain/words.ts';
import { formatCount, formatNumber } from '../../domain/format-count.ts';
import { detailColumns } from '../layout.ts';
import { isCounted, type ListedRule } from '../rules/rules-state.ts';
import type { AppState } from '../state.ts';
import { resourceName } from './row-name.ts';
import { COUNTING, hidesText, noteLines, selectRuleUnder } from './rules.ts';
import type { TextLine } from './text-line.ts';
import { wrapLines } from './wrap-lines.ts';

/** A rule, whole: what it says, what it hides, what is to be said about it, and where else it lives. */

/** What the rule hides now, as the Findings screen asks for it. */
export const hiddenFilter = ({ ruleName, analyzerArn }: ArchiveRule): string =>
  `status:archived rule:${formatValue(ruleName)} analyzer:${formatValue(analyzerArn)}`;

const BLANK: TextLine = { text: '' };
const heading = (text: string): TextLine => ({ text, tone: 'heading' });

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

export function selectRuleLines(state: AppState): readonly TextLine[] {
  const facts = selectRuleUnder(state);
  if (facts === undefined) return [];
  const { rule } = facts;
  const notes = noteLines(state, facts);
  return [
    heading(`${cleanText(rule.ruleName)} in ${cleanText(rule.region)}`),
    ...criteriaLines(rule),
    { label: 'hides now', text: hidesText(facts) },
    { label: 'last hit', text: lastHitText(state, facts) },
    ...(notes.length === 0 ? [] : [BLANK, heading('What is to be said about it'), ...notes]),
    BLANK,
    heading('Where it lives'),
    ...placeLines(state, rule),
    ...otherLines(state, rule),
    BLANK,
    ...hiddenLines(state, facts),
  ];
}

const criteriaLines = ({ filter }: ArchiveRule): readonly TextLine[] =>
  toCriteriaLines(filter).map((text, index) => ({
    label: index === 0 ? 'archives' : '',
    text: cleanText(text),
  }));

function lastHitText({ now }: AppState, facts: ListedRule): string {
  if (!isCounted(facts)) return COUNTING;
  const { lastHitAt } = facts;
  return lastHitAt === undefined ? 'never' : `${agoText(now - lastHitAt)}: the newest finding that it means`;
}

function placeLines({ rules }: AppState, rule: ArchiveRule): readonly TextLine[] {
  const analyzer = rules.overview?.analyzers.find(({ arn }) => arn === rule.analyzerArn);
  const name = analyzer === undefined ? '' : `${cleanText(analyzer.name)} · ${analyzer.type.toLowerCase()}`;
  return [
    { label: cleanText(rule.region), text: name },
    { label: '', text: cleanText(rule.analyzerArn), tone: 'muted' },
    ...(rule.profile === 'default' ? [] : [{ label: 'profile', text: cleanText(rule.profile) }]),
    { label: 'created', text: day(rule.createdAt) },
    ...(rule.updatedAt === rule.createdAt ? [] : [{ label: 'updated', text: day(rule.updatedAt) }]),
  ];
}

/** Rules of the same name elsewhere: what each hides, and how its filter differs from this one's. */
function otherLines({ rules }: AppState, rule: ArchiveRule): readonly TextLine[] {
  const { facts = [], analyzers = [] } = rules.overview ?? {};
  const namesakes = facts.filter((other) => other.rule !== rule && other.rule.ruleName === rule.ruleName);
  const drift = findDrift(
    analyzers,
    facts.map((each) => each.rule),
  ).find(({ profile, ruleName }) => profile === rule.profile && ruleName === rule.ruleName);
  const missing = (drift?.missingFrom ?? []).map((arn): TextLine => ({
    label: cleanText(arn.split(':')[3] ?? ''),
    text: `has no rule of this name · ${cleanText(arn.slice(arn.lastIndexOf('/') + 1))}`,
    tone: 'warning',
  }));
  const others = [...namesakes.flatMap((other) => otherLine(rule, other)), ...missing];
  return others.length === 0 ? [] : [BLANK, heading('The same name elsewhere'), ...others];
}

function otherLine(rule: ArchiveRule, listed: ListedRule): readonly TextLine[] {
  const { rule: other } = listed;
  const { removed, added } = diffCriteria(rule.filter, other.filter);
  const isSame = removed.length + added.length === 0;
  const label = cleanText(other.region);
  const hides = isCounted(listed) ? `hides ${formatNumber(listed.hides)}` : COUNTING;
  const text = `${isSame ? 'the same filter' : 'another filter'} · ${hides}`;
  return [
    { label, text, ...(isSame ? {} : { tone: 'warning' as const }) },
    ...removed.map((line): TextLine => ({ label: '', text: cleanText(`- ${line}`), tone: 'removed' })),
    ...added.map((line): TextLine => ({ label: '', text: cleanText(`+ ${line}`), tone: 'added' })),
  ];
}

function hiddenLines({ rules }: AppState, facts: ListedRule): readonly TextLine[] {
  const hidden = rules.open?.hidden;
  if (!isCounted(facts)) return [heading('What it hides now'), { text: COUNTING, tone: 'muted' }];
  const { hides } = facts;
  if (hides === 0) return [heading('It hides nothing now')];
  const title = heading(`What it hides now: ${formatCount(hides, 'finding')}`);
  if (hidden === undefined) return [title, { text: 'Looking …', tone: 'muted' }];
  const shown = hidden.reduce((sum, row) => sum + row.findings, 0);
  const rest = hides - shown;
  return [
    title,
    ...hidden.map(hiddenLine),
    ...(rest > 0 ? [{ text: `and ${formatNumber(rest)} more`, tone: 'muted' as const }] : []),
    { text: 'enter shows them on the Findings screen', tone: 'muted' },
  ];
}

const hiddenLine = (row: ExposureRow): TextLine => ({
  label: row.isPublic === true ? '! public' : `risk ${row.riskLevel} of 4`,
  text: [resourceName(row), whoWhatText(row), cleanText(row.account)]
    .filter((part) => part !== '')
    .join(' · '),
  ...(row.isPublic === true ? { tone: 'public' as const } : {}),
});

export const selectRuleView = (state: AppState): readonly TextLine[] =>
  wrapLines(selectRuleLines(state), detailColumns(state.viewport, true));

/** How far an open rule can be scrolled. */
export const selectRuleHeight = (state: AppState): number => selectRuleView(state).length;

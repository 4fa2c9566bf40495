import { formatNumber } from '../../domain/format-count.ts';
import { formatCriteria, formatCriterion } from '../../domain/rules/criteria-text.ts';
import type { AuditNote } from '../../domain/rules/audit.ts';
import type { RuleFacts } from '../../domain/rules/rule-facts.ts';
import { isCounted, type ListedRule } from '../rules/rules-state.ts';
import { cleanText } from '../../domain/text.ts';
import { agoText } from '../../domain/words.ts';
import type { AppState } from '../state.ts';
import type { TextLine } from './text-line.ts';

export interface RuleRow {
  readonly name: string;
  readonly region: string;
  readonly hides: string;
  /** Of what it hides, how many are public: "! 2"; "! can hide" where it may come to that; else "0", or UNCOUNTED. */
  readonly danger: string;
  readonly lastHit: string;
  /** The gravest thing that the audit says of it besides. */
  readonly note: string;
}

/** In the place of a number that is not known yet. */
const UNCOUNTED = '…';

const notesOf = (state: AppState, { rule }: Pick<RuleFacts, 'rule'>): readonly AuditNote[] =>
  (state.rules.overview?.notes ?? []).filter(
    (note) =>
      note.ruleName === rule.ruleName &&
      note.profile === rule.profile &&
      (note.code === 'drift' || note.analyzerArn === rule.analyzerArn),
  );

const WORDS: Readonly<Partial<Record<AuditNote['code'], string>>> = {
  'never-matches': 'never matches',
  duplicate: 'duplicate',
  covered: 'covered by another',
  'dead-value': 'dead value',
  'unknown-key': 'unknown key',
  drift: 'differs by Region',
};

function dangerOf(facts: ListedRule, notes: readonly AuditNote[]): RuleRow['danger'] {
  const isOpen = notes.some(({ code }) => code === 'can-hide-public');
  if (isCounted(facts) && facts.hidesPublic > 0) return `! ${facts.hidesPublic}`;
  if (isOpen) return '! can hide';
  return isCounted(facts) ? '0' : UNCOUNTED;
}

const lastHitOf = ({ now }: AppState, { lastHitAt }: RuleFacts): string =>
  lastHitAt === undefined ? 'never' : agoText(now - lastHitAt);

function rowOf(state: AppState, facts: ListedRule): RuleRow {
  const notes = notesOf(state, facts);
  const [note] = notes.flatMap(({ code }) => WORDS[code] ?? []);
  return {
    name: cleanText(facts.rule.ruleName),
    region: cleanText(facts.rule.region),
    hides: isCounted(facts) ? formatNumber(facts.hides) : UNCOUNTED,
    danger: dangerOf(facts, notes),
    lastHit: isCounted(facts) ? lastHitOf(state, facts) : UNCOUNTED,
    note: note ?? '',
  };
}

export const selectRuleRows = (state: AppState): readonly RuleRow[] =>
  (state.rules.overview?.facts ?? []).map((facts) => rowOf(state, facts));

export const selectRuleUnder = ({ rules }: AppState): ListedRule | undefined =>
  rules.overview?.facts[rules.cursor];

/** What is suggested: the sentence and the criteria that it is about; undefined: nothing. */
export function selectSuggestion({ rules }: AppState): { said: string; criteria: string } | undefined {
  const suggestion = rules.overview?.suggestion;
  if (suggestion === undefined) return undefined;
  const said = `These ${formatNumber(suggestion.findings.length)} that you archived by hand have one thing in common:`;
  return { said, criteria: cleanText(formatCriteria(suggestion.criteria)) };
}

const LEVEL_TONES = { danger: 'error', warning: 'warning', note: 'muted' } as const;

/** All that the audit says of a rule, the gravest first. */
export const noteLines = (state: AppState, facts: ListedRule): readonly TextLine[] =>
  notesOf(state, facts).map(({ level, message }): TextLine => ({
    label: level,
    text: cleanText(message),
    tone: LEVEL_TONES[level],
  }));

export const COUNTING = 'counting …';

export function hidesText(facts: ListedRule): string {
  if (!isCounted(facts)) return COUNTING;
  const { hides, hidesPublic, wouldArchive } = facts;
  return `${formatNumber(hides)} archived · ${formatNumber(hidesPublic)} of them public · ${formatNumber(wouldArchive)} active that it means`;
}

/** The rule under the cursor in short; enter shows it whole. */
export function selectRuleDetail(state: AppState): readonly TextLine[] {
  const facts = selectRuleUnder(state);
  if (facts === undefined) return [];
  const { rule } = facts;
  return [
    { label: 'archives', text: cleanText(formatCriteria(rule.filter)) },
    // The table tells what it hides; what is wrong with it must not be what a small screen leaves out.
    ...noteLines(state, facts),
    { label: 'hides now', text: hidesText(facts) },
    { label: 'analyzer', text: cleanText(rule.analyzerArn), tone: 'muted' },
  ];
}

/** "resource contains acme-lgos" for a value that nothing in the store has. */
export const deadValueText = ({
  key,
  operator,
  value,
}: {
  readonly key: string;
  readonly operator: string;
  readonly value: string;
}): string => cleanText(formatCriterion(key, { [operator]: [value] }).join(''));

import { formatNumber } from '../format-count.ts';
import { formatCriteria, formatCriterion } from '../../domain/rules/criteria-text.ts';
import type { AuditNote } from '../../domain/rules/audit.ts';
import type { RuleFacts } from '../../domain/rules/rule-facts.ts';
import { cleanText } from '../../domain/text.ts';
import { agoText } from '../../domain/words.ts';
import type { AppState } from '../state.ts';
import type { TextLine } from './text-line.ts';

export interface RuleRow {
  readonly name: string;
  readonly region: string;
  readonly hides: string;
  /** Of what it hides, how many are public: "! 2"; "! can hide" where it may come to that; else "0". */
  readonly danger: string;
  readonly lastHit: string;
  /** The gravest thing that the audit says of it besides. */
  readonly note: string;
}

const notesOf = (state: AppState, { rule }: RuleFacts): readonly AuditNote[] =>
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

function dangerOf({ hidesPublic }: RuleFacts, notes: readonly AuditNote[]): RuleRow['danger'] {
  const isOpen = notes.some(({ code }) => code === 'can-hide-public');
  if (hidesPublic > 0) return `! ${hidesPublic}`;
  return isOpen ? '! can hide' : '0';
}

function rowOf(state: AppState, facts: RuleFacts): RuleRow {
  const notes = notesOf(state, facts);
  const [note] = notes.flatMap(({ code }) => WORDS[code] ?? []);
  return {
    name: cleanText(facts.rule.ruleName),
    region: cleanText(facts.rule.region),
    hides: formatNumber(facts.hides),
    danger: dangerOf(facts, notes),
    lastHit: facts.lastHitAt === undefined ? 'never' : agoText(state.now - facts.lastHitAt),
    note: note ?? '',
  };
}

export const selectRuleRows = (state: AppState): readonly RuleRow[] =>
  (state.rules.overview?.facts ?? []).map((facts) => rowOf(state, facts));

export const selectRuleUnder = ({ rules }: AppState): RuleFacts | undefined =>
  rules.overview?.facts[rules.cursor];

/** What is suggested: the sentence and the criteria that it is about; undefined: nothing. */
export function selectSuggestion({ rules }: AppState): { said: string; criteria: string } | undefined {
  const suggestion = rules.overview?.suggestion;
  if (suggestion === undefined) return undefined;
  const said = `These ${suggestion.findings.length} that you archived by hand have one thing in common:`;
  return { said, criteria: cleanText(formatCriteria(suggestion.criteria)) };
}

const LEVEL_TONES = { danger: 'error', warning: 'warning', note: 'muted' } as const;

/** All that the audit says of a rule, the gravest first. */
export const noteLines = (state: AppState, facts: RuleFacts): readonly TextLine[] =>
  notesOf(state, facts).map(({ level, message }): TextLine => ({
    label: level,
    text: cleanText(message),
    tone: LEVEL_TONES[level],
  }));

export function hidesText({ hides, hidesPublic, wouldArchive }: RuleFacts): string {
  return `${formatNumber(hides)} archived · ${formatNumber(hidesPublic)} of them public · ${formatNumber(wouldArchive)} active that it means`;
}

/** The rule under the cursor in short; enter shows it whole. */
export function selectRuleDetail(state: AppState): readonly TextLine[] {
  const facts = selectRuleUnder(state);
  if (facts === undefined) return [];
  const { rule } = facts;
  return [
    { label: 'archives', text: cleanText(formatCriteria(rule.filter)) },
    { label: 'hides now', text: hidesText(facts) },
    ...noteLines(state, facts),
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

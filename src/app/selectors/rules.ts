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
  /** "! 2 public", "! can hide public", or ''. */
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

function dangerOf({ hidesPublic }: RuleFacts, notes: readonly AuditNote[]): string {
  if (hidesPublic > 0) return `! ${hidesPublic} public`;
  return notes.some(({ code }) => code === 'can-hide-public') ? '! can hide public' : '';
}

function rowOf(state: AppState, facts: RuleFacts): RuleRow {
  const notes = notesOf(state, facts);
  const [note] = notes.flatMap(({ code }) => WORDS[code] ?? []);
  return {
    name: cleanText(facts.rule.ruleName),
    region: cleanText(facts.rule.region),
    hides: facts.hides.toLocaleString('en'),
    danger: dangerOf(facts, notes),
    lastHit: facts.lastHitAt === undefined ? 'never' : agoText(state.now - facts.lastHitAt),
    note: note ?? '',
  };
}

export const selectRuleRows = (state: AppState): readonly RuleRow[] =>
  (state.rules.overview?.facts ?? []).map((facts) => rowOf(state, facts));

export const selectRuleUnder = ({ rules }: AppState): RuleFacts | undefined =>
  rules.overview?.facts[rules.cursor];

/** All about the rule under the cursor. */
export function selectRuleDetail(state: AppState): readonly TextLine[] {
  const facts = selectRuleUnder(state);
  if (facts === undefined) return [];
  const { rule, hides, hidesPublic, wouldArchive } = facts;
  const notes = notesOf(state, facts);
  return [
    { label: 'archives', text: cleanText(formatCriteria(rule.filter)) },
    {
      label: 'hides now',
      text: `${hides.toLocaleString('en')} archived · ${hidesPublic} of them public · ${wouldArchive} active that it means`,
    },
    ...notes.map(({ level, message }): TextLine => ({
      label: level,
      text: cleanText(message),
      tone: level === 'danger' ? 'error' : level === 'warning' ? 'warning' : 'muted',
    })),
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

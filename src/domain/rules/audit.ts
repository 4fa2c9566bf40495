import { type Analyzer, type AnalyzerKind, analyzerKind } from '../analyzer.ts';
import type { ArchiveRule } from '../archive-rule.ts';
import { formatCriterion } from './criteria-text.ts';
import { covers, isUnsatisfiable, sameCriteria } from './criteria-algebra.ts';
import type { DeadValue } from './dry-run.ts';
import { type Drift, findDrift } from './drift.ts';
import { RULES_PER_ANALYZER, unknownKeys } from './limits.ts';
import { canHidePublic } from './public-access.ts';
import type { RuleFacts } from './rule-facts.ts';

export const AUDIT_CODES = [
  'hides-public',
  'can-hide-public',
  'never-matches',
  'duplicate',
  'covered',
  'dead-value',
  'unknown-key',
  'drift',
  'quota',
] as const;
export type AuditCode = (typeof AUDIT_CODES)[number];

export interface AuditNote {
  readonly code: AuditCode;
  /** `danger`: public access is or can be hidden; `audit` then exits with 3. */
  readonly level: 'danger' | 'warning' | 'note';
  /** One plain sentence. */
  readonly message: string;
  readonly profile: string;
  readonly analyzerArn: string;
  /** Absent: it concerns the analyzer. */
  readonly ruleName?: string;
}

/** What is dangerous, useless or uneven about the archive rules: the most serious first, then by analyzer and name. */
export function auditRules(
  analyzers: readonly Analyzer[],
  facts: readonly RuleFacts[],
): readonly AuditNote[] {
  const rules = facts.map(({ rule }) => rule);
  const kinds = new Map(analyzers.map(({ arn, type }) => [arn, analyzerKind(type)]));
  const notes = [
    ...facts.flatMap((each) => aboutRule(each, kinds.get(each.rule.analyzerArn) ?? 'external')),
    ...rules.flatMap((rule) => aboutOthers(rule, rules)),
    ...findDrift(analyzers, rules).map(aboutDrift),
    ...analyzers.flatMap((analyzer) => aboutQuota(analyzer, rules)),
  ];
  return notes.sort((a, b) => rank(a) - rank(b) || placeOf(a).localeCompare(placeOf(b)));
}

const rank = ({ code }: AuditNote): number => AUDIT_CODES.indexOf(code);
const placeOf = ({ profile, analyzerArn, ruleName = '' }: AuditNote): string =>
  `${profile} ${analyzerArn} ${ruleName}`;

/** An analyzer that is not known counts as external: better a warning too many than a public resource unseen. */
function aboutRule({ rule, hidesPublic, dead }: RuleFacts, kind: AnalyzerKind): AuditNote[] {
  const notes: AuditNote[] = [];
  const say = (code: AuditCode, level: AuditNote['level'], message: string) =>
    notes.push(note(rule, code, level, message));
  if (hidesPublic > 0) {
    say(
      'hides-public',
      'danger',
      `It hides ${hidesPublic} public ${hidesPublic === 1 ? 'finding' : 'findings'} now.`,
    );
  }
  if (canHidePublic(rule.filter, kind)) {
    say(
      'can-hide-public',
      'danger',
      'It can hide a public resource: it lacks the criterion isPublic = false.',
    );
  }
  if (isUnsatisfiable(rule.filter))
    say('never-matches', 'warning', 'Its criteria contradict each other: it can never match.');
  for (const value of dead)
    say('dead-value', 'note', `No finding in the store matches ${valueText(value)}: a typing error?`);
  for (const { key, nearest } of unknownKeys(rule.filter)) {
    const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
    say('unknown-key', 'note', `AWS does not document the key ${key}.${hint}`);
  }
  return notes;
}

const valueText = ({ key, operator, value }: DeadValue): string =>
  formatCriterion(key, { [operator]: [value] }).join('');

/** Of two equal rules the later name is called the duplicate, so that one of them remains. */
function aboutOthers(rule: ArchiveRule, rules: readonly ArchiveRule[]): AuditNote[] {
  const peers = rules.filter(
    (other) => other !== rule && other.profile === rule.profile && other.analyzerArn === rule.analyzerArn,
  );
  const twin = peers.find(
    (other) => sameCriteria(other.filter, rule.filter) && other.ruleName < rule.ruleName,
  );
  if (twin !== undefined)
    return [note(rule, 'duplicate', 'warning', `It says the same as ${twin.ruleName}.`)];
  const wider = peers.find(
    (other) => covers(other.filter, rule.filter) && !covers(rule.filter, other.filter),
  );
  if (wider === undefined || isUnsatisfiable(rule.filter)) return [];
  return [note(rule, 'covered', 'warning', `All it archives is archived by ${wider.ruleName} as well.`)];
}

function aboutDrift({ profile, ruleName, forms, missingFrom }: Drift): AuditNote {
  const parts = [
    ...(forms.length > 1 ? [`it has ${forms.length} different filters`] : []),
    ...(missingFrom.length > 0 ? [`it is missing in ${missingFrom.map(regionOf).join(', ')}`] : []),
  ];
  const message = `It is not the same in every Region: ${parts.join('; ')}.`;
  return {
    code: 'drift',
    level: 'warning',
    message,
    profile,
    analyzerArn: forms[0]?.rule.analyzerArn ?? '',
    ruleName,
  };
}

const regionOf = (analyzerArn: string): string => analyzerArn.split(':')[3] ?? analyzerArn;

/** From this share of the quota on it is worth a word. */
const NEARLY_FULL = 0.9;

function aboutQuota({ profile, arn }: Analyzer, rules: readonly ArchiveRule[]): AuditNote[] {
  const count = rules.filter((rule) => rule.profile === profile && rule.analyzerArn === arn).length;
  if (count < RULES_PER_ANALYZER * NEARLY_FULL) return [];
  const message = `It has ${count} archive rules; AWS allows ${RULES_PER_ANALYZER} unless the quota was raised.`;
  return [{ code: 'quota', level: 'note', message, profile, analyzerArn: arn }];
}

function note(rule: ArchiveRule, code: AuditCode, level: AuditNote['level'], message: string): AuditNote {
  const { profile, analyzerArn, ruleName } = rule;
  return { code, level, message, profile, analyzerArn, ruleName };
}

import type { CompletionItem } from '../../src/app/completing.ts';
import { FOCUS, type RuleEditor, type RulePlace } from '../../src/app/rules/rule-editor.ts';
import type { Analyzer } from '../../src/domain/analyzer.ts';
import type { ArchiveRule, Criteria } from '../../src/domain/archive-rule.ts';
import type { Plan } from '../../src/domain/journal.ts';
import type { Result } from '../../src/domain/problem.ts';
import { RULES_PER_ANALYZER } from '../../src/domain/rules/limits.ts';
import { splitRule } from '../../src/domain/rules/split-rule.ts';
import { planSetRules } from '../../src/triage/rules/plan-rules.ts';
import type { RuleTarget } from '../../src/triage/rules/rule-target.ts';
import { aFinding } from '../app/fakes/findings.ts';
import { SUMMARY } from './fixture.ts';

/** Editors of a rule, for the golden frames. */

const { analyzers } = SUMMARY;
const [first] = analyzers;
if (first === undefined) throw new Error('The fixture has analyzers.');

const field = (text: string, caret = text.length) => ({ text, caret });

const anAnalyzer = (name: string, change: Partial<Analyzer> = {}): Analyzer => ({
  ...first,
  name,
  arn: `arn:aws:access-analyzer:${change.region ?? first.region}:123456789012:analyzer/${name}`,
  ...change,
});

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `rule-${at}`);

const place = (analyzer: Analyzer, rules: number): RulePlace => ({ analyzer, rules: names(rules) });

const PLACES: readonly RulePlace[] = [
  ...analyzers.map((analyzer, index) => place(analyzer, 14 - 3 * index)),
  place(anAnalyzer('external-full', { region: 'sa-east-1' }), RULES_PER_ANALYZER),
  place(anAnalyzer('_security-hub', { managedBy: 'securityhub.amazonaws.com' }), 0),
  place(anAnalyzer('audit', { profile: 'audit\u001b[31m', region: 'ap-southeast-1' }), 3),
];

export const RULE_EDITOR: RuleEditor = {
  kind: 'rule',
  draft: {
    editing: undefined,
    name: 's3-acme-logs',
    sources: [
      'these resources, for these principals',
      'resources named alike, for these principals',
      'every resource of this type',
      'by hand',
    ].map((label) => ({ label, criteria: {} })),
    places: PLACES,
    chosen: [],
    unsaid: undefined,
  },
  source: 1,
  name: field('s3-acme-logs'),
  named: false,
  chosen: new Set([first.arn, analyzers[3]?.arn ?? '']),
  picker: undefined,
  apply: true,
  lines: [field('resource contains arn:aws:s3:::acme-logs-'), field('isPublic = false'), field('')],
  focus: FOCUS.firstLine,
  completing: { completions: [], chosen: -1 },
  serial: 1,
  trial: {
    wouldArchive: 14,
    publicOnes: 0,
    caught: 21,
    uncertain: 0,
    dead: [],
    byAnalyzer: [
      { profile: first.profile, analyzerArn: first.arn, wouldArchive: 11 },
      { profile: first.profile, analyzerArn: analyzers[3]?.arn ?? '', wouldArchive: 3 },
      { profile: 'audit', analyzerArn: PLACES.at(-1)?.analyzer.arn ?? '', wouldArchive: 1204 },
    ],
    overlaps: [],
    canHidePublic: false,
    unknownKeys: [],
  },
  found: { offset: 0, rows: Array.from({ length: 14 }, (_, index) => aFinding(`logs-${index}`)) },
  top: 0,
};

export const DANGEROUS_RULE: RuleEditor = {
  ...RULE_EDITOR,
  draft: { ...RULE_EDITOR.draft, unsaid: 'age:>30d: Access Analyzer has no criterion for times' },
  chosen: new Set([...RULE_EDITOR.chosen, PLACES.at(-3)?.analyzer.arn ?? '']),
  lines: [field('resource contains acme-lgos\u202e'), field('condition.aws:Nothing exists'), field('')],
  trial: {
    wouldArchive: 1204,
    publicOnes: 3,
    caught: 1300,
    uncertain: 4,
    byAnalyzer: [],
    dead: [{ key: 'resource', operator: 'contains', value: 'acme-lgos\u202e' }],
    overlaps: ['wider than log-buckets in us-east-1'],
    canHidePublic: true,
    unknownKeys: ['condition.aws:Nothing'],
  },
  found: { offset: 0, rows: [aFinding('open', { isPublic: true }), aFinding('closed')] },
};

const values: readonly CompletionItem[] = [
  ['arn:aws:iam::444455556666:root', '1,204'],
  ['arn:aws:iam::444455556666:role/partner-feeds-with-a-rather-long-name', '86'],
  ['444455556666', '12'],
  ['arn:aws:iam::210987654321:role/444455556666', '3'],
].map(([insert = '', hint = '']) => ({ insert, from: 16, to: 18, hint }));

/** While a value is typed: what the store has. */
export const COMPLETED_RULE: RuleEditor = {
  ...RULE_EDITOR,
  lines: [...RULE_EDITOR.lines.slice(0, 2), field('principal.AWS = 44'), field('')],
  focus: FOCUS.firstLine + 2,
  completing: { completions: values, chosen: 1 },
};

export const COMPLETED_KEY: RuleEditor = {
  ...RULE_EDITOR,
  lines: [...RULE_EDITOR.lines.slice(0, 2), field('prin'), field('')],
  focus: FOCUS.firstLine + 2,
  completing: {
    completions: [
      ['principal.AWS ', '1,290'],
      ['principal.Service ', '7 · not documented by AWS'],
      ['principal.Federated ', 'no active finding'],
    ].map(([insert = '', hint = '']) => ({ insert, from: 0, to: 4, hint })),
    chosen: -1,
  },
};

const values45 = Array.from({ length: 45 }, (_, at) => `arn:aws:s3:::acme-${at}`);

/** More values than one rule takes. */
export const SPLIT_RULE: RuleEditor = {
  ...RULE_EDITOR,
  lines: [field(`resource = ${values45.join(' | ')}`), field('isPublic = false'), field('')],
  focus: FOCUS.name,
};

const picker = { field: field(''), cursor: 0, before: RULE_EDITOR.chosen };

export const TICKING: RuleEditor = { ...RULE_EDITOR, focus: FOCUS.places, picker };
export const TICKING_FULL: RuleEditor = { ...TICKING, picker: { ...picker, field: field('ext'), cursor: 3 } };
export const TICKING_NONE: RuleEditor = { ...TICKING, picker: { ...picker, field: field('xyz') } };

/** Far down in many findings, of which not all are loaded. */
export const SCROLLED_RULE: RuleEditor = {
  ...DANGEROUS_RULE,
  draft: RULE_EDITOR.draft,
  focus: FOCUS.firstLine + 3,
  trial: { ...(RULE_EDITOR.trial ?? raise()), wouldArchive: 1204, publicOnes: 1 },
  found: {
    offset: 600,
    rows: Array.from({ length: 4 }, (_, at) => aFinding(`x-${at}`, { isPublic: at === 1 })),
  },
  top: 600,
};

/** What AWS has now, and what it is replaced with. */
const BEFORE: Criteria = {
  resourceType: { eq: ['AWS::S3::Bucket'] },
  resource: { contains: ['acme-logs-', 'acme-trails-'] },
  isPublic: { eq: ['false'] },
};
const AFTER: Criteria = {
  ...BEFORE,
  resource: { contains: ['acme-logs-', 'acme-audit-'] },
  'principal.AWS': { eq: ['444455556666', 'arn:aws:iam::444455556666:role/\u202efeeds'] },
};

const targets = (rules: readonly ArchiveRule[]): readonly RuleTarget[] =>
  PLACES.slice(0, 4)
    .filter(({ analyzer }) => analyzer.type === 'ACCOUNT')
    .map(({ analyzer }) => ({
      analyzer,
      rules: rules.map((rule) => ({ ...rule, region: analyzer.region, analyzerArn: analyzer.arn })),
      findings: () => [],
    }));

const ruleOf = (ruleName: string, filter: Criteria): ArchiveRule => ({
  profile: first.profile,
  region: first.region,
  analyzerArn: first.arn,
  ruleName,
  filter,
  createdAt: 0,
  updatedAt: 0,
});

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

export const EDIT_PLAN: Plan = need(
  planSetRules({
    rules: [{ name: 'log-buckets', filter: AFTER }],
    targets: targets([ruleOf('log-buckets', BEFORE)]),
    apply: true,
    onTaken: 'replace',
  }),
);

export const SPLIT_PLAN: Plan = need(
  planSetRules({
    rules: need(splitRule({ name: 's3-acme', filter: { resource: { eq: values45 } } })),
    targets: targets([]),
    apply: false,
    onTaken: 'refuse',
  }),
);

function raise(): never {
  throw new Error('The editor has a trial.');
}

import type { RulesState } from '../../src/app/rules/rules-state.ts';
import type { Criteria } from '../../src/domain/archive-rule.ts';
import { auditRules } from '../../src/domain/rules/audit.ts';
import type { RuleFacts } from '../../src/domain/rules/rule-facts.ts';
import type { Suggestion } from '../../src/domain/rules/suggest.ts';
import { planDeleteAnalyzer } from '../../src/triage/analyzers/plan-delete-analyzer.ts';
import { aFinding } from '../app/fakes/findings.ts';
import { DAY, manyExposures, NOW, SUMMARY } from './fixture.ts';

/** Archive rules and an editor, for the golden frames. */

const { analyzers } = SUMMARY;
const [first] = analyzers;
if (first === undefined) throw new Error('The fixture has analyzers.');

const rule = (ruleName: string, filter: Criteria, change: Partial<RuleFacts> = {}): RuleFacts => ({
  rule: {
    profile: first.profile,
    region: first.region,
    analyzerArn: first.arn,
    ruleName,
    filter,
    createdAt: NOW - 90 * DAY,
    updatedAt: NOW - 30 * DAY,
  },
  hides: 12,
  hidesPublic: 0,
  wouldArchive: 0,
  lastHitAt: NOW - 3 * DAY,
  dead: [],
  ...change,
});

const FACTS: readonly RuleFacts[] = [
  rule('partner-feeds', {
    'principal.AWS': { contains: ['444455556666'] },
    isPublic: { eq: ['false'] },
  }),
  rule(
    'all-buckets',
    { resourceType: { eq: ['AWS::S3::Bucket'] } },
    { hides: 1204, hidesPublic: 2, wouldArchive: 7 },
  ),
  rule('log-buckets', {
    resourceType: { eq: ['AWS::S3::Bucket'] },
    resource: { contains: ['-logs-'] },
    isPublic: { eq: ['false'] },
  }),
  rule(
    'typing-error\u001b[31m',
    { resource: { eq: ['arn:aws:s3:::acme-lgos'] }, isPublic: { eq: ['false'] } },
    {
      hides: 0,
      lastHitAt: undefined,
      dead: [{ key: 'resource', operator: 'eq', value: 'arn:aws:s3:::acme-lgos' }],
    },
  ),
];

export const RULES: RulesState = {
  cursor: 0,
  top: 0,
  overview: { facts: FACTS, notes: auditRules(analyzers, FACTS), analyzers, suggestion: undefined },
  open: undefined,
};

const SUGGESTION: Suggestion = {
  criteria: { resource: { contains: ['acme-logs-\u202e'] }, isPublic: { eq: ['false'] } },
  message: '',
  findings: Array.from({ length: 14 }, (_, at) => aFinding(`logs-${at}`)),
  times: 3,
  analyzerArns: [first.arn],
};

/** With a rule to suggest. */
export const SUGGESTING: RulesState = {
  ...RULES,
  overview: { facts: FACTS, notes: auditRules(analyzers, FACTS), analyzers, suggestion: SUGGESTION },
};

/** An analyzer that is deleted with its rules. */
export const ANALYZER_DELETION = planDeleteAnalyzer({
  truth: { analyzer: first, configuration: undefined, rules: FACTS.map(({ rule: each }) => each) },
  counts: first.counts,
  exportedTo: '/home/ada/iam-triage-rules-external-us-2026-01-15T12-00-00.json',
});

/** One rule, whole: dangerous, and not the same everywhere. */
export const OPEN_RULE = (() => {
  const second = analyzers.find(({ name }) => name === 'external-eu');
  const dangerous = FACTS[1];
  if (second === undefined || dangerous === undefined) throw new Error('The fixture has two of each.');
  const elsewhere: RuleFacts = {
    ...dangerous,
    hides: 3,
    rule: {
      ...dangerous.rule,
      region: second.region,
      analyzerArn: second.arn,
      filter: { ...dangerous.rule.filter, isPublic: { eq: ['false'] } },
    },
  };
  const facts = [...FACTS, elsewhere];
  const overview = { facts, notes: auditRules(analyzers, facts), analyzers, suggestion: undefined };
  return { ...RULES, cursor: 1, overview, open: { scroll: 0, serial: 1, hidden: manyExposures(12) } };
})();

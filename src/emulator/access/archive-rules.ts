import type { Criteria } from '../../domain/archive-rule.ts';
import { matchesCriteria } from '../../domain/criteria.ts';
import type { AnalyzerRecord } from '../estate/analyzer-record.ts';
import { required, STRING } from '../service/member.ts';
import { operation, type Output } from '../service/operation.ts';
import { pageByKey } from '../service/paging.ts';
import { conflict, notFound, quotaExceeded } from '../wire/service-error.ts';
import type { ArchiveRuleSpec } from '../world/finding.ts';
import { checkCriteria } from './criteria-check.ts';
import { analyzerByArn, analyzerByName } from './find-analyzer.ts';
import { ANALYZER_ARN, ANALYZER_NAME, CRITERIA, PAGING, RULE_NAME } from './shapes.ts';
import { iso, present } from './wire-values.ts';

/** Archive rules of one analyzer, unless the quota was raised (ACCESS-ANALYZER: quotas). */
export const MOST_RULES = 100;

const PATH = '/analyzer/{analyzerName}/archive-rule';
const RULE_PATH = `${PATH}/{ruleName}` as const;
const ANALYZER_LABEL = { analyzerName: required(ANALYZER_NAME) } as const;
const RULE_LABELS = { ...ANALYZER_LABEL, ruleName: required(RULE_NAME) } as const;
const FILTER = { filter: required(CRITERIA), clientToken: STRING } as const;

const toSummary = (rule: ArchiveRuleSpec): Output => ({
  ruleName: rule.ruleName,
  filter: rule.filter,
  createdAt: iso(rule.createdAt),
  updatedAt: iso(rule.updatedAt),
});

/** Throws ResourceNotFoundException. */
function ruleOf(analyzer: AnalyzerRecord, ruleName: string): ArchiveRuleSpec {
  const rule = analyzer.archiveRules.get(ruleName);
  if (rule === undefined) throw notFound('ArchiveRule', ruleName);
  return rule;
}

/** A rule as it is put; throws ValidationException for a filter that no rule can have. */
export function newRule(ruleName: string, filter: unknown, now: number): ArchiveRuleSpec {
  checkCriteria(filter as Criteria, 'rule');
  return { ruleName, filter: filter as Criteria, createdAt: now, updatedAt: now };
}

const createArchiveRule = operation(
  {
    name: 'CreateArchiveRule',
    method: 'PUT',
    path: PATH,
    idempotent: true,
    uri: ANALYZER_LABEL,
    body: { ruleName: required(RULE_NAME), ...FILTER },
  },
  (call, { analyzerName, ruleName, filter }) => {
    const { archiveRules } = analyzerByName(call, analyzerName);
    const rule = newRule(ruleName, filter, call.now);
    if (archiveRules.has(ruleName)) {
      throw conflict('ArchiveRule', ruleName, `An archive rule with the name ${ruleName} already exists`);
    }
    if (archiveRules.size >= MOST_RULES) {
      throw quotaExceeded(
        'ArchiveRule',
        ruleName,
        `An analyzer can have at most ${MOST_RULES} archive rules`,
      );
    }
    archiveRules.set(ruleName, rule);
    return {};
  },
);

const getArchiveRule = operation(
  { name: 'GetArchiveRule', method: 'GET', path: RULE_PATH, uri: RULE_LABELS },
  (call, { analyzerName, ruleName }) => ({
    archiveRule: toSummary(ruleOf(analyzerByName(call, analyzerName), ruleName)),
  }),
);

const listArchiveRules = operation(
  { name: 'ListArchiveRules', method: 'GET', path: PATH, uri: ANALYZER_LABEL, query: PAGING },
  (call, input) => {
    const { arn, archiveRules } = analyzerByName(call, input.analyzerName);
    const page = pageByKey([...archiveRules.values()], ({ ruleName }) => ruleName, input, [
      'ListArchiveRules',
      arn,
    ]);
    return { archiveRules: page.items.map(toSummary), ...present({ nextToken: page.nextToken }) };
  },
);

/** Replaces the whole filter. */
const updateArchiveRule = operation(
  {
    name: 'UpdateArchiveRule',
    method: 'PUT',
    path: RULE_PATH,
    idempotent: true,
    uri: RULE_LABELS,
    body: FILTER,
  },
  (call, { analyzerName, ruleName, filter }) => {
    const analyzer = analyzerByName(call, analyzerName);
    const { createdAt } = ruleOf(analyzer, ruleName);
    analyzer.archiveRules.set(ruleName, { ...newRule(ruleName, filter, call.now), createdAt });
    return {};
  },
);

/** Un-archives nothing. */
const deleteArchiveRule = operation(
  {
    name: 'DeleteArchiveRule',
    method: 'DELETE',
    path: RULE_PATH,
    idempotent: true,
    uri: RULE_LABELS,
    query: { clientToken: STRING },
  },
  (call, { analyzerName, ruleName }) => {
    const analyzer = analyzerByName(call, analyzerName);
    ruleOf(analyzer, ruleName);
    analyzer.archiveRules.delete(ruleName);
    return {};
  },
);

/** Archives the active findings that the rule means now; one pass over all of them. */
const applyArchiveRule = operation(
  {
    name: 'ApplyArchiveRule',
    method: 'PUT',
    path: '/archive-rule',
    idempotent: true,
    body: { analyzerArn: required(ANALYZER_ARN), ruleName: required(RULE_NAME), clientToken: STRING },
  },
  (call, { analyzerArn, ruleName }) => {
    const analyzer = analyzerByArn(call, analyzerArn);
    const { filter } = ruleOf(analyzer, ruleName);
    for (let slot = 0; slot < analyzer.ledger.size; slot += 1) {
      const finding = analyzer.ledger.at(slot);
      if (finding?.status !== 'ACTIVE' || !matchesCriteria(filter, finding)) continue;
      analyzer.ledger.setStatus(slot, 'ARCHIVED', call.now);
    }
    return {};
  },
);

export const ARCHIVE_RULE_OPERATIONS = [
  createArchiveRule,
  getArchiveRule,
  listArchiveRules,
  updateArchiveRule,
  deleteArchiveRule,
  applyArchiveRule,
];

import { setImmediate as turn } from 'node:timers/promises';
import type { RulePlanRequest, RuleServices } from '../app/rules/rule-effects.ts';
import type { RulesOverview } from '../app/rules/rules-state.ts';
import type { Plan } from '../domain/journal.ts';
import { ProblemError, type Result } from '../domain/problem.ts';
import { auditRules } from '../domain/rules/audit.ts';
import { gatherRuleFacts, type RuleFacts } from '../domain/rules/rule-facts.ts';
import { planApplyRule, planDeleteRule, planSetRules } from '../triage/rules/plan-rules.ts';
import type { RuleReads } from './console-queries.ts';
import { attemptRule, draftRule, refsOf } from './console-rule-editor.ts';
import { createRulesService, type RulesService } from './rules-service.ts';
import type { Runtime, Store } from './runtime.ts';

/** Values of a criterion that are offered: a person who wants another one types on. */
const VALUES_SHOWN = 40;

/** Archive rules as the console asks for them. */
export function createConsoleRules(runtime: Runtime, queries: RuleReads): RuleServices {
  const open = (): { store: Store; service: RulesService } => {
    const store = runtime.store();
    if (!store.ok) throw new ProblemError(store.problem);
    return { store: store.value, service: createRulesService(runtime, store.value) };
  };
  return {
    overview: (signal) => loadOverview(open().service, signal),
    draft: async (request) => {
      const { store, service } = open();
      return draftRule(request, store, service);
    },
    attempt: async (request) => attemptRule(request, queries, open().service),
    found: (request, offset, limit) =>
      queries.ruleWindow(request.criteria, { analyzers: refsOf(request), offset, limit }),
    criteriaValues: ({ analyzers, ...question }) =>
      queries.criteriaValues({ ...question, analyzers: refsOf({ analyzers }), limit: VALUES_SHOWN }),
    plan: async (request) => planRule(request, open().service),
  };
}

/** Analyzer by analyzer, so that keys get their turn between two of them. */
async function loadOverview(service: RulesService, signal: AbortSignal): Promise<RulesOverview> {
  const facts: RuleFacts[] = [];
  for (const target of service.targets()) {
    if (target.rules.length === 0) continue;
    await turn();
    if (signal.aborted) break;
    facts.push(...gatherRuleFacts(target.rules, target.findings()));
  }
  facts.sort(
    (a, b) => a.rule.ruleName.localeCompare(b.rule.ruleName) || a.rule.region.localeCompare(b.rule.region),
  );
  return { facts, notes: auditRules(service.analyzers, facts), analyzers: service.analyzers };
}

function planRule(request: RulePlanRequest, service: RulesService): Result<Plan> {
  if (request.kind === 'rule-set') {
    const { rules, analyzers, apply, replace } = request;
    return planSetRules({
      rules,
      targets: service.targets(analyzers),
      apply,
      onTaken: replace ? 'replace' : 'refuse',
    });
  }
  const targets = service.targets();
  const { name } = request;
  return request.kind === 'rule-apply'
    ? planApplyRule({ name, targets })
    : planDeleteRule({ name, targets, unarchive: request.unarchive });
}

import { setImmediate as turn } from 'node:timers/promises';
import type { RulePlanRequest, RulesExport, RuleServices } from '../app/rules/rule-effects.ts';
import type { RulesOverview } from '../app/rules/rules-state.ts';
import type { Plan } from '../domain/journal.ts';
import { ProblemError, type Result, succeed } from '../domain/problem.ts';
import { auditRules } from '../domain/rules/audit.ts';
import { gatherRuleFacts, type RuleFacts } from '../domain/rules/rule-facts.ts';
import type { RulesDocument } from '../domain/rules/rules-document.ts';
import { planImport } from '../triage/rules/plan-import.ts';
import { planApplyRule, planDeleteRule, planSetRules } from '../triage/rules/plan-rules.ts';
import type { RuleReads } from './console-queries.ts';
import { attemptRule, draftRule, refsOf } from './console-rule-editor.ts';
import { completePath, readRules, rulesPath, toPath, writeRules } from './rules-file.ts';
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
    plan: async (request) =>
      request.kind === 'rule-import'
        ? planFile(request, open().service, runtime)
        : planRule(request, open().service),
    dismiss: async (suggestion) => open().service.dismiss(suggestion),
    exportRules: (what) => exportRules(what, open().service, runtime),
    completePath: (text) => completePath(text, runtime.paths.exports),
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
  const { analyzers } = service;
  return { facts, notes: auditRules(analyzers, facts), analyzers, suggestion: service.suggestions()[0] };
}

type Import = Extract<RulePlanRequest, { kind: 'rule-import' }>;

async function planFile(
  { path, onTaken, partial, apply }: Import,
  service: RulesService,
  { paths }: Runtime,
): Promise<Result<Plan>> {
  const document = await readRules(toPath(path, paths.exports));
  if (!document.ok) return document;
  const targets = service.targets();
  const planned = planImport({ document: document.value, targets, onTaken, partial, apply });
  return planned.ok ? succeed(planned.value.plan) : planned;
}

async function exportRules(
  { format, ruleName }: RulesExport,
  service: RulesService,
  { paths, now }: Runtime,
): Promise<Result<{ path: string; rules: number }>> {
  const document = namedOnly(service.document(), ruleName);
  const path = rulesPath(paths.exports, ruleName ?? '', now(), format);
  const written = await writeRules(path, document, format);
  const rules = document.analyzers.reduce((sum, each) => sum + each.rules.length, 0);
  return written.ok ? succeed({ path, rules }) : written;
}

function namedOnly(document: RulesDocument, ruleName: string | undefined): RulesDocument {
  if (ruleName === undefined) return document;
  const analyzers = document.analyzers.map((each) => ({
    ...each,
    rules: each.rules.filter(({ name }) => name === ruleName),
  }));
  return { ...document, analyzers: analyzers.filter(({ rules }) => rules.length > 0) };
}

function planRule(request: Exclude<RulePlanRequest, Import>, service: RulesService): Result<Plan> {
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

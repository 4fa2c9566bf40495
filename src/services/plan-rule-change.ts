import type { RulePlanRequest } from '../app/rules/rule-effects.ts';
import type { Plan } from '../domain/journal.ts';
import { type Result, succeed } from '../domain/problem.ts';
import { planImport } from '../triage/rules/plan-import.ts';
import { planApplyRule, planDeleteRule, planSetRules } from '../triage/rules/plan-rules.ts';
import { readRules, toPath } from './rules-file.ts';
import type { RulesService } from './rules-service.ts';
import type { Runtime } from './runtime.ts';

/** A change of archive rules as the console asks for it: what it would do, finding by finding. */
export async function planRuleChange(
  request: RulePlanRequest,
  service: RulesService,
  runtime: Runtime,
): Promise<Result<Plan>> {
  return request.kind === 'rule-import' ? planFile(request, service, runtime) : planRule(request, service);
}

type Import = Extract<RulePlanRequest, { kind: 'rule-import' }>;

/** Of a file, what is new in it. */
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

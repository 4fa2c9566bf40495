import type { Plan } from '../../domain/journal.ts';
import { fail, type Result, succeed } from '../../domain/problem.ts';
import type { AnalyzerRules, RulesDocument } from '../../domain/rules/rules-document.ts';
import { createPlanBuilder } from '../plan-builder.ts';
import { planSetRules } from './plan-rules.ts';
import { type RuleTarget, targetText } from './rule-target.ts';

export interface ImportRequest {
  readonly document: RulesDocument;
  /** Every analyzer that there is. */
  readonly targets: readonly RuleTarget[];
  readonly apply: boolean;
  readonly onTaken: 'refuse' | 'skip' | 'replace';
}

/**
 * Brings the rules of a file to the analyzers that they were exported from, or to the one of the same Region, name and
 * type (a new account, an analyzer made anew). Deletes nothing; importing the same file twice changes nothing the second time.
 */
export function planImport({ document, targets, apply, onTaken }: ImportRequest): Result<Plan> {
  const builder = createPlanBuilder();
  let rules = 0;
  for (const source of document.analyzers) {
    const target = findTarget(source, targets);
    if (target === undefined) {
      builder.note(`Left out: there is no ${source.type} analyzer ${source.region}/${source.name}.`);
      continue;
    }
    const named = source.rules.map(({ name, filter }) => ({ name, filter }));
    const plan = planSetRules({ rules: named, targets: [target], apply, onTaken });
    if (!plan.ok) {
      const message = `${targetText(target)}: ${plan.problem.message}`;
      return fail({ ...plan.problem, message });
    }
    rules += named.length;
    takeOver(plan.value, target, builder);
  }
  const title = `Import ${rules} archive ${rules === 1 ? 'rule' : 'rules'}`;
  return succeed(builder.build({ kind: 'rule', title }));
}

function findTarget(source: AnalyzerRules, targets: readonly RuleTarget[]): RuleTarget | undefined {
  const twins = targets.filter(({ analyzer }) => analyzer.arn === source.arn);
  const named = targets.filter(
    ({ analyzer: { region, name, type } }) =>
      region === source.region && name === source.name && type === source.type,
  );
  return twins.find(({ analyzer }) => analyzer.profile === source.profile) ?? twins[0] ?? named[0];
}

function takeOver(plan: Plan, target: RuleTarget, builder: ReturnType<typeof createPlanBuilder>): void {
  const archived = new Set<string>();
  for (const operation of plan.operations) {
    builder.add(operation);
    if ('foreseen' in operation.change) for (const id of operation.change.foreseen ?? []) archived.add(id);
  }
  for (const note of plan.notes ?? []) builder.note(note);
  if (plan.typedWord === 'public') builder.askFor('public');
  if (archived.size === 0) return;
  for (const finding of target.findings()) if (archived.has(finding.id)) builder.mention(finding, 'ARCHIVED');
}

import type { Plan } from '../../domain/journal.ts';
import { fail, type Problem, type Result, succeed } from '../../domain/problem.ts';
import { sameCriteria } from '../../domain/rules/criteria-algebra.ts';
import { checkRuleCriteria, checkRuleName } from '../../domain/rules/limits.ts';
import type { AnalyzerRules, DocumentRule, RulesDocument } from '../../domain/rules/rules-document.ts';
import { createPlanBuilder, type PlanBuilder } from '../plan-builder.ts';
import { planSetRules } from './plan-rules.ts';
import { ruleNamed, type RuleTarget, targetText } from './rule-target.ts';

export interface ImportRequest {
  readonly document: RulesDocument;
  /** Every analyzer that there is. */
  readonly targets: readonly RuleTarget[];
  readonly apply: boolean;
  readonly onTaken: 'refuse' | 'skip' | 'replace';
  /** Leaves out a rule that AWS would refuse, instead of everything. */
  readonly partial: boolean;
}

export interface ImportPlan {
  /** Its first note counts the rules of the file. */
  readonly plan: Plan;
  /** Rules that are left out because AWS would refuse them. */
  readonly refused: number;
}

/**
 * Brings the rules of a file to the analyzers that they were exported from, or to the one of the same Region, name and
 * type (a new account, an analyzer made anew). Deletes nothing; importing the same file twice changes nothing the second time.
 */
export function planImport({ document, targets, ...how }: ImportRequest): Result<ImportPlan> {
  const builder = createPlanBuilder();
  const tally: Tally = { new: 0, equal: 0, differs: 0, refused: 0, homeless: 0 };
  for (const source of document.analyzers) {
    const target = findTarget(source, targets);
    if (target === undefined) {
      tally.homeless += source.rules.length;
      builder.note(`Left out: there is no ${source.type} analyzer ${source.region}/${source.name}.`);
      continue;
    }
    const wrong = bringTo(target, source, { ...how, builder, tally });
    if (wrong !== undefined) return fail({ ...wrong, message: `${targetText(target)}: ${wrong.message}` });
  }
  const rules = tally.new + tally.equal + tally.differs;
  const title = `Import ${rules} archive ${rules === 1 ? 'rule' : 'rules'}`;
  const plan = builder.build({ kind: 'rule', title });
  const notes = [tallyText(tally, how), ...(plan.notes ?? [])];
  return succeed({ plan: { ...plan, notes }, refused: tally.refused });
}

/** Rules of the file, by what becomes of them. */
type Tally = Record<'new' | 'equal' | 'differs' | 'refused' | 'homeless', number>;

function tallyText(tally: Tally, { onTaken }: Pick<ImportRequest, 'onTaken'>): string {
  const differs = onTaken === 'replace' ? 'take the file’s filter' : 'keep the filter that is there';
  const parts = [
    [tally.new, 'new'],
    [tally.equal, 'equal already'],
    [tally.differs, differs],
    [tally.refused, 'refused'],
    [tally.homeless, 'without an analyzer'],
  ] as const;
  const said = parts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  return `Rules of the file: ${said.length === 0 ? 'none' : said.join(', ')}.`;
}

interface How extends Pick<ImportRequest, 'apply' | 'onTaken' | 'partial'> {
  readonly builder: PlanBuilder;
  readonly tally: Tally;
}

function bringTo(target: RuleTarget, { rules }: AnalyzerRules, how: How): Problem | undefined {
  const { apply, onTaken, partial, builder, tally } = how;
  const wrong = rules.flatMap((rule) => problemOf(rule) ?? []);
  if (!partial && wrong[0] !== undefined) return wrong[0];
  for (const { message } of wrong) builder.note(`Left out: ${message}`);
  tally.refused += wrong.length;
  const right = rules.filter((rule) => problemOf(rule) === undefined);
  const plan = planSetRules({
    rules: right.map(({ name, filter }) => ({ name, filter })),
    targets: [target],
    apply,
    onTaken,
  });
  if (!plan.ok) return plan.problem;
  for (const rule of right) tally[stateOf(rule, target)] += 1;
  takeOver(plan.value, target, builder);
  return undefined;
}

/** What AWS would refuse, with the name of the rule. */
function problemOf({ name, filter }: DocumentRule): Problem | undefined {
  const wrong = checkRuleName(name) ?? checkRuleCriteria(filter);
  return wrong && { ...wrong, message: `The rule “${name}”: ${wrong.message}` };
}

function stateOf({ name, filter }: DocumentRule, target: RuleTarget): 'new' | 'equal' | 'differs' {
  const present = ruleNamed(target, name);
  if (present === undefined) return 'new';
  return sameCriteria(present.filter, filter) ? 'equal' : 'differs';
}

function findTarget(source: AnalyzerRules, targets: readonly RuleTarget[]): RuleTarget | undefined {
  const twins = targets.filter(({ analyzer }) => analyzer.arn === source.arn);
  const named = targets.filter(
    ({ analyzer: { region, name, type } }) =>
      region === source.region && name === source.name && type === source.type,
  );
  return twins.find(({ analyzer }) => analyzer.profile === source.profile) ?? twins[0] ?? named[0];
}

function takeOver(plan: Plan, target: RuleTarget, builder: PlanBuilder): void {
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

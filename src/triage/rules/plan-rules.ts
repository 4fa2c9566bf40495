import { formatCount } from '../../domain/format-count.ts';
import { analyzerKind } from '../../domain/analyzer.ts';
import type { ArchiveRule, Criteria } from '../../domain/archive-rule.ts';
import type { Plan } from '../../domain/journal.ts';
import { fail, type Problem, type Result, succeed } from '../../domain/problem.ts';
import { sameCriteria } from '../../domain/rules/criteria-algebra.ts';
import { matchesCriteria } from '../../domain/criteria.ts';
import { dryRunRule } from '../../domain/rules/dry-run.ts';
import { checkRuleCriteria, checkRuleName, RULES_PER_ANALYZER } from '../../domain/rules/limits.ts';
import { canHidePublic } from '../../domain/rules/public-access.ts';
import type { NamedCriteria } from '../../domain/rules/split-rule.ts';
import { createPlanBuilder, type PlanBuilder, withReason } from '../plan-builder.ts';
import { applyRule, placeOf, setRule } from './rule-operation.ts';
import { ruleNamed, type RuleTarget, targetText } from './rule-target.ts';

export interface SetRulesRequest {
  readonly rules: readonly NamedCriteria[];
  readonly targets: readonly RuleTarget[];
  /** Archives what exists as well: a rule alone works on new findings only. */
  readonly apply: boolean;
  /** A rule of the name with another filter: `refuse` the whole plan, `skip` that analyzer, or `replace` its filter. */
  readonly onTaken: 'refuse' | 'skip' | 'replace';
  readonly reason?: string;
}

/**
 * Creates rules on each target, or replaces their filter. Idempotent: a rule that is there with the same filter is not
 * sent. A rule that could hide public access asks for the word `public`.
 */
export function planSetRules(request: SetRulesRequest): Result<Plan> {
  const wrong = request.rules.map(checkRule).find((problem) => problem !== undefined) ?? findTaken(request);
  if (wrong !== undefined) return fail(wrong);
  const builder = createPlanBuilder();
  for (const { filter } of request.rules) noteExclusions(filter, builder);
  for (const target of request.targets) {
    for (const rule of request.rules) planOn(target, rule, { ...request, builder });
    noteQuota(target, request.rules, builder);
  }
  const isUpdate = request.targets.some((target) =>
    request.rules.some(({ name }) => ruleNamed(target, name) !== undefined),
  );
  return succeed(
    builder.build({ kind: 'rule', title: setTitle(request, isUpdate), ...withReason(request.reason) }),
  );
}

const checkRule = ({ name, filter }: NamedCriteria): Problem | undefined =>
  checkRuleName(name) ?? checkRuleCriteria(filter);

function findTaken({ rules, targets, onTaken }: SetRulesRequest): Problem | undefined {
  if (onTaken !== 'refuse') return undefined;
  for (const { name, filter } of rules) {
    const target = targets.find((each) => {
      const present = ruleNamed(each, name);
      return present !== undefined && !sameCriteria(present.filter, filter);
    });
    if (target !== undefined) {
      return {
        kind: 'conflict',
        message: `The analyzer ${targetText(target)} has a rule ${name} already, with another filter.`,
        hint: 'Choose another name, or edit that rule.',
      };
    }
  }
  return undefined;
}

/** What `neq` means with several values is in no documentation: taken as "any but one", the rule archives everything. */
function noteExclusions(filter: Criteria, builder: PlanBuilder): void {
  for (const [key, { neq }] of Object.entries(filter)) {
    if ((neq?.length ?? 0) < 2) continue;
    builder.note(
      `${key} excludes ${neq?.length} values. AWS does not say that it then means none of them, as is reckoned with here: look at what the rule archives.`,
    );
  }
}

interface Step extends Pick<SetRulesRequest, 'apply' | 'onTaken'> {
  readonly builder: PlanBuilder;
}

function planOn(
  target: RuleTarget,
  { name, filter }: NamedCriteria,
  { apply, onTaken, builder }: Step,
): void {
  const present = ruleNamed(target, name);
  const isThere = present !== undefined && sameCriteria(present.filter, filter);
  if (isThere) builder.note(`${targetText(target)} has the rule ${name} already, with the same filter.`);
  else if (present !== undefined && onTaken === 'skip') {
    builder.note(`${targetText(target)} is left out: its rule ${name} has another filter.`);
    return;
  } else {
    const operation = setRule(placeOf(target.analyzer), name, present ?? null, { filter });
    if (operation !== undefined) builder.add(operation);
    if (canHidePublic(filter, analyzerKind(target.analyzer.type))) builder.askFor('public');
  }
  if (apply) planApply(target, { name, filter }, builder);
}

/** Foresees what applying archives and puts it into the plan; nothing to archive, nothing to send. */
function planApply(target: RuleTarget, { name, filter }: NamedCriteria, builder: PlanBuilder): void {
  const { wouldArchive, uncertain } = dryRunRule(filter, target.findings());
  if (uncertain > 0) {
    builder.note(
      `${formatCount(uncertain, 'finding')} of ${targetText(target)} may be archived too: their details are not fetched yet.`,
    );
  }
  if (wouldArchive.length === 0 && uncertain === 0) return;
  const ids = wouldArchive.map(({ id }) => id);
  builder.add(applyRule(placeOf(target.analyzer), name, { filter }, ids));
  for (const finding of wouldArchive) builder.mention(finding, 'ARCHIVED');
}

function noteQuota(target: RuleTarget, rules: readonly NamedCriteria[], builder: PlanBuilder): void {
  const added = rules.filter(({ name }) => ruleNamed(target, name) === undefined).length;
  const after = target.rules.length + added;
  if (added === 0 || after <= RULES_PER_ANALYZER) return;
  builder.note(
    `${targetText(target)} would have ${after} rules; AWS allows ${RULES_PER_ANALYZER} unless the quota was raised.`,
  );
}

function setTitle({ rules, targets, apply }: SetRulesRequest, isUpdate: boolean): string {
  const what = rules.length === 1 ? `archive rule ${rules[0]?.name ?? ''}` : `${rules.length} archive rules`;
  const where = targets.length === 1 ? '' : ` on ${targets.length} analyzers`;
  return `${isUpdate ? 'Set' : 'Create'} ${what}${where}${apply ? ' and apply' : ''}`;
}

export interface RuleOnTargets {
  readonly name: string;
  readonly targets: readonly RuleTarget[];
  readonly reason?: string;
}

/** Applies a rule that exists, again, to what it means now. */
export function planApplyRule({ name, targets, reason }: RuleOnTargets): Result<Plan> {
  const having = targets.filter((target) => ruleNamed(target, name) !== undefined);
  if (having.length === 0) return fail(noSuchRule(name));
  const builder = createPlanBuilder();
  for (const target of having) {
    const rule = ruleNamed(target, name);
    if (rule !== undefined) planApply(target, { name, filter: rule.filter }, builder);
  }
  return succeed(builder.build({ kind: 'rule', title: `Apply archive rule ${name}`, ...withReason(reason) }));
}

/** Deletes a rule; that un-archives nothing, unless `unarchive` asks for what it alone hid. Asks for the word `delete`. */
export function planDeleteRule(request: RuleOnTargets & { readonly unarchive: boolean }): Result<Plan> {
  const { name, targets, unarchive, reason } = request;
  const builder = createPlanBuilder();
  for (const target of targets) {
    const rule = ruleNamed(target, name);
    const operation = rule === undefined ? undefined : setRule(placeOf(target.analyzer), name, rule, null);
    if (rule === undefined || operation === undefined) continue;
    builder.add(operation);
    if (unarchive) planUnarchive(target, rule, builder);
  }
  builder.askFor('delete');
  const plan = builder.build({ kind: 'rule', title: `Delete archive rule ${name}`, ...withReason(reason) });
  return plan.operations.length === 0 ? fail(noSuchRule(name)) : succeed(plan);
}

/** Makes active what the rule hides, but for what another rule of the analyzer means as well: that stays hidden. */
function planUnarchive(target: RuleTarget, rule: ArchiveRule, builder: PlanBuilder): void {
  const others = target.rules.filter(({ ruleName }) => ruleName !== rule.ruleName);
  let kept = 0;
  for (const finding of target.findings()) {
    if (finding.status !== 'ARCHIVED' || !matchesCriteria(rule.filter, finding)) continue;
    if (others.some(({ filter }) => matchesCriteria(filter, finding))) kept += 1;
    else builder.change(finding, 'ARCHIVED', 'ACTIVE', finding);
  }
  if (kept > 0)
    builder.note(
      `${formatCount(kept, 'finding')} of ${targetText(target)} stay archived: another rule means them, too.`,
    );
}

const noSuchRule = (name: string): Problem => ({
  kind: 'not-found',
  message: `None of these analyzers has an archive rule ${name}.`,
  hint: 'See which there are: iam-triage rules list',
});

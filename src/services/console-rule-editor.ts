import type { RuleDraft, RulePlace, RuleSource, RuleTrial } from '../app/rules/rule-editor.ts';
import type { DraftRequest } from '../app/rules/rule-effects.ts';
import { type Analyzer, analyzerKind } from '../domain/analyzer.ts';
import type { Criteria } from '../domain/archive-rule.ts';
import { toCriteria } from '../domain/filter/criteria.ts';
import type { ListQuery, StoredFinding } from '../domain/listing.ts';
import { fail, type Result, succeed } from '../domain/problem.ts';
import type { DryRunCounts } from '../domain/rules/dry-run.ts';
import { relate } from '../domain/rules/criteria-algebra.ts';
import { RULES_PER_ANALYZER, unknownKeys } from '../domain/rules/limits.ts';
import { proposeCriteria } from '../domain/rules/propose-criteria.ts';
import { canHidePublic, NOT_PUBLIC, withPublicGuard } from '../domain/rules/public-access.ts';
import { proposeRuleName } from '../domain/rules/rule-name.ts';
import { ruleNamed } from '../triage/rules/rule-target.ts';
import type { RuleReads } from './console-queries.ts';
import type { RulesService } from './rules-service.ts';
import type { Store } from './runtime.ts';

/** What the editor of one rule asks of the store: what to begin with, and what a rule would do. */

/** Findings of the trial that are read, to scroll through. */
const FIRST_SHOWN = 100;
/** More marks than this say nothing new about what they have in common. */
const MARKS_LOOKED_AT = 5000;

export async function attemptRule(
  criteria: Criteria,
  analyzers: readonly Analyzer[],
  { queries, service }: { readonly queries: RuleReads; readonly service: RulesService },
): Promise<RuleTrial> {
  const chosen = analyzers.map(({ profile, arn }) => ({ profile, analyzerArn: arn }));
  const [counts, first] = await Promise.all([
    queries.dryRun(criteria, { analyzers: chosen }),
    queries.ruleWindow(criteria, { analyzers: chosen, offset: 0, limit: FIRST_SHOWN }),
  ]);
  return { ...counts, first, ...judgeRule(criteria, analyzers, service) };
}

export function draftRule(request: DraftRequest, store: Store, service: RulesService): Result<RuleDraft> {
  switch (request.from) {
    case 'findings':
      return draftFromFindings([...firstOf(store.findingsOf(request.query, request))], service);
    case 'filter':
      return draftFromFilter(request.query, store, service);
    case 'rule':
      return draftFromRule(request.name, service);
  }
}

function* firstOf(findings: Iterable<StoredFinding>): Generator<StoredFinding> {
  let count = 0;
  for (const finding of findings) {
    if (count >= MARKS_LOOKED_AT) return;
    count += 1;
    yield finding;
  }
}

const BY_HAND: RuleSource = { label: 'by hand', criteria: {} };

function draftFromFindings(findings: readonly StoredFinding[], service: RulesService): Result<RuleDraft> {
  const analyzers = service.analyzers.filter((analyzer) =>
    findings.some((finding) => isOf(finding, analyzer)),
  );
  const kinds = new Set(analyzers.map(({ type }) => analyzerKind(type)));
  if (kinds.size !== 1) {
    const message =
      kinds.size === 0
        ? 'No analyzer that is known has these findings.'
        : 'These findings are of analyzers of several kinds; a rule belongs to one kind.';
    return fail({ kind: 'usage', message, hint: 'Mark findings of one kind: external, unused or internal.' });
  }
  const proposals = proposeCriteria(findings).map(({ label, criteria }): RuleSource => ({ label, criteria }));
  return succeed(newDraft([...proposals, BY_HAND], placesFor(analyzers, service), undefined, service));
}

const isOf = ({ profile, analyzerArn }: StoredFinding, analyzer: Analyzer): boolean =>
  profile === analyzer.profile && analyzerArn === analyzer.arn;

function draftFromFilter(query: ListQuery, store: Store, service: RulesService): Result<RuleDraft> {
  const { criteria, cannotSay, wider } = toCriteria(query.filter, 'rule');
  // A rule means active findings anyway: that it cannot say so is no loss.
  const lost = [...cannotSay, ...wider].filter(({ text }) => text !== 'status:active');
  const found = [...firstOf(store.findingsOf(query))];
  const having = service.analyzers.filter((analyzer) => found.some((finding) => isOf(finding, analyzer)));
  const [first] = having.length > 0 ? having : service.analyzers;
  if (first === undefined) {
    const hint = 'Sync first (ctrl+r).';
    return fail({ kind: 'not-found', message: 'No analyzer is known yet.', hint });
  }
  const kind = analyzerKind(first.type);
  const alike = having.filter(({ type }) => analyzerKind(type) === kind);
  const places = placesFor(alike.length > 0 ? alike : [first], service);
  const guarded = kind === 'external' ? withPublicGuard(criteria) : criteria;
  const filter: RuleSource = { label: 'the filter', criteria: guarded };
  const byHand = kind === 'external' ? { ...BY_HAND, criteria: NOT_PUBLIC } : BY_HAND;
  const unsaid = lost.map(({ text, why }) => `${text}: ${why}`).join('; ');
  return succeed(newDraft([filter, byHand], places, unsaid === '' ? undefined : unsaid, service));
}

function draftFromRule(name: string, service: RulesService): Result<RuleDraft> {
  const having = service.targets().filter((target) => ruleNamed(target, name) !== undefined);
  const forms = having.flatMap((target) => ruleNamed(target, name) ?? []);
  if (forms.length === 0) return fail({ kind: 'not-found', message: `There is no rule ${name} any more.` });
  const analyzers = having.map(({ analyzer }) => analyzer);
  return succeed({
    editing: name,
    name,
    sources: forms.map(({ filter, region }) => ({ label: `as in ${region}`, criteria: filter })),
    places: [
      { label: placeText(analyzers), analyzers },
      ...(analyzers.length > 1
        ? analyzers.map((each) => ({ label: placeText([each]), analyzers: [each] }))
        : []),
    ],
    unsaid: undefined,
  });
}

function newDraft(
  sources: readonly RuleSource[],
  places: readonly RulePlace[],
  unsaid: string | undefined,
  service: RulesService,
): RuleDraft {
  const taken = service.rules.map(({ ruleName }) => ruleName);
  return {
    editing: undefined,
    name: proposeRuleName(sources[0]?.criteria ?? {}, taken),
    sources,
    places,
    unsaid,
  };
}

/** Those that have the findings, all of the kind in every Region, and each of them alone. */
function placesFor(having: readonly Analyzer[], service: RulesService): readonly RulePlace[] {
  const kind = analyzerKind(having[0]?.type ?? 'ACCOUNT');
  const all = service.analyzers.filter(
    ({ type, status, managedBy }) =>
      analyzerKind(type) === kind && status === 'ACTIVE' && managedBy === undefined,
  );
  const single = having.length > 1 ? having.map((each) => [each]) : [];
  return [having, ...(all.length > having.length ? [all] : []), ...single].map((analyzers) => ({
    label: analyzers === all ? `every ${kind} analyzer (${all.length})` : placeText(analyzers),
    analyzers,
  }));
}

const placeText = (analyzers: readonly Analyzer[]): string =>
  analyzers.length === 1
    ? `${analyzers[0]?.region ?? ''}/${analyzers[0]?.name ?? ''}`
    : `${analyzers.length} analyzers in ${new Set(analyzers.map(({ region }) => region)).size} Regions`;

const RELATION_WORDS = { same: 'the same as', covers: 'wider than', covered: 'covered by' } as const;

/** What can be said of it without looking at findings. */
function judgeRule(
  criteria: Criteria,
  analyzers: readonly Analyzer[],
  service: RulesService,
): Omit<RuleTrial, keyof DryRunCounts | 'first'> {
  const arns = new Set(analyzers.map(({ arn }) => arn));
  const rules = service.rules.filter(({ analyzerArn }) => arns.has(analyzerArn));
  const overlaps = rules.flatMap(({ ruleName, region, filter }) => {
    const relation = relate(criteria, filter);
    return relation === 'disjoint' || relation === 'may-overlap'
      ? []
      : [`${RELATION_WORDS[relation]} ${ruleName} in ${region}`];
  });
  const fullest = Math.max(
    0,
    ...[...arns].map((arn) => rules.filter(({ analyzerArn }) => analyzerArn === arn).length),
  );
  return {
    overlaps,
    quotaLeft: RULES_PER_ANALYZER - fullest,
    canHidePublic: analyzers.some(({ type }) => canHidePublic(criteria, analyzerKind(type))),
    unknownKeys: unknownKeys(criteria).map(({ key }) => key),
  };
}

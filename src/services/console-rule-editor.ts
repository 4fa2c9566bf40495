import { formatNumber } from '../domain/format-count.ts';
import type { RuleDraft, RulePlace, RuleSource, RuleTrial, TrialRequest } from '../app/rules/rule-editor.ts';
import type { DraftRequest } from '../app/rules/rule-effects.ts';
import { type Analyzer, type AnalyzerKind, analyzerKind } from '../domain/analyzer.ts';
import type { ArchiveRule, Criteria } from '../domain/archive-rule.ts';
import { withoutIdleType } from '../domain/criteria.ts';
import { toCriteria } from '../domain/filter/criteria.ts';
import type { ListQuery, StoredFinding } from '../domain/listing.ts';
import { fail, type Problem, type Result, succeed } from '../domain/problem.ts';
import type { DryRunCounts } from '../domain/rules/dry-run.ts';
import { canonicalCriteria, relate } from '../domain/rules/criteria-algebra.ts';
import { unknownKeys } from '../domain/rules/limits.ts';
import { proposeCriteria } from '../domain/rules/propose-criteria.ts';
import { canHidePublic, NOT_PUBLIC, withPublicGuard } from '../domain/rules/public-access.ts';
import type { Suggestion } from '../domain/rules/suggest.ts';
import { proposeRuleName } from '../domain/rules/rule-name.ts';
import { ruleNamed } from '../triage/rules/rule-target.ts';
import type { RuleReads } from './console-queries.ts';
import type { RulesService } from './rules-service.ts';
import type { Store } from './runtime.ts';

/** What the editor of one rule asks of the store: what to begin with, and what a rule would do. */

/** More marks than this say nothing new about what they have in common. */
const MARKS_LOOKED_AT = 5000;

/** Analyzers as findings name them. */
export const refsOf = ({ analyzers }: Pick<TrialRequest, 'analyzers'>) =>
  analyzers.map(({ profile, arn }) => ({ profile, analyzerArn: arn }));

export async function attemptRule(
  request: TrialRequest,
  queries: RuleReads,
  service: RulesService,
): Promise<RuleTrial> {
  const counts = await queries.dryRun(request.criteria, { analyzers: refsOf(request) });
  return { ...counts, ...judgeRule(request, service) };
}

export function draftRule(request: DraftRequest, store: Store, service: RulesService): Result<RuleDraft> {
  switch (request.from) {
    case 'nothing':
      return draftFromNothing(service);
    case 'findings':
      return draftFromFindings([...firstOf(store.findingsOf(request.query, request))], service);
    case 'filter':
      return draftFromFilter(request.query, store, service);
    case 'suggestion':
      return draftFromSuggestion(request.suggestion, service);
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

const byHand = (kind: AnalyzerKind): RuleSource => ({
  label: 'by hand',
  criteria: kind === 'external' ? NOT_PUBLIC : {},
});

const NO_ANALYZER: Problem = {
  kind: 'not-found',
  message: 'No analyzer is known yet.',
  hint: 'Sync first (ctrl+r).',
};

const kindOf = ({ type }: Analyzer): AnalyzerKind => analyzerKind(type);

/** On every analyzer of a kind, external ones first: there the noise is. */
function draftFromNothing(service: RulesService): Result<RuleDraft> {
  const free = service.analyzers.filter(
    ({ status, managedBy }) => status === 'ACTIVE' && managedBy === undefined,
  );
  const [first] = [...free.filter((each) => kindOf(each) === 'external'), ...free];
  if (first === undefined) return fail(NO_ANALYZER);
  const alike = free.filter((each) => kindOf(each) === kindOf(first));
  return succeed(newDraft([byHand(kindOf(first))], alike, service));
}

/** As it was offered; not on an analyzer that a service manages where another one has the findings as well. */
function draftFromSuggestion(
  { criteria, analyzerArns, findings }: Suggestion,
  service: RulesService,
): Result<RuleDraft> {
  const having = service.analyzers.filter(({ arn }) => analyzerArns.includes(arn));
  const own = having.filter(({ managedBy }) => managedBy === undefined);
  const analyzers = own.length > 0 ? own : having;
  const [first] = analyzers;
  if (first === undefined) return fail(NO_ANALYZER);
  const label = `what ${formatNumber(findings.length)} archived by hand have in common`;
  return succeed(newDraft([{ label, criteria }, byHand(kindOf(first))], analyzers, service));
}

function draftFromFindings(findings: readonly StoredFinding[], service: RulesService): Result<RuleDraft> {
  const analyzers = having(findings, service);
  const kinds = new Set(analyzers.map(kindOf));
  const [kind] = kinds;
  if (kind === undefined || kinds.size > 1) {
    const message =
      kind === undefined
        ? 'No analyzer that is known has these findings.'
        : 'A rule is for one kind of finding.';
    return fail({ kind: 'usage', message, hint: 'Mark external, unused or internal alone.' });
  }
  const proposals = proposeCriteria(findings).map(({ label, criteria }): RuleSource => ({ label, criteria }));
  return succeed(newDraft([...proposals, byHand(kind)], analyzers, service));
}

const having = (findings: readonly StoredFinding[], service: RulesService): readonly Analyzer[] =>
  service.analyzers.filter(({ profile, arn }) =>
    findings.some((finding) => finding.profile === profile && finding.analyzerArn === arn),
  );

function draftFromFilter(query: ListQuery, store: Store, service: RulesService): Result<RuleDraft> {
  const { criteria, cannotSay, wider } = toCriteria(query.filter, 'rule');
  // A rule means active findings anyway: that it cannot say so is no loss.
  const lost = [...cannotSay, ...wider].filter(({ text }) => text !== 'status:active');
  const found = having([...firstOf(store.findingsOf(query))], service);
  const [first] = [...found, ...service.analyzers];
  if (first === undefined) return fail(NO_ANALYZER);
  const kind = kindOf(first);
  const alike = found.filter((each) => kindOf(each) === kind);
  const said = withoutIdleType(criteria, kind);
  const guarded = kind === 'external' ? withPublicGuard(said) : said;
  const sources = [{ label: 'the filter', criteria: guarded }, byHand(kind)];
  const draft = newDraft(sources, alike.length > 0 ? alike : [first], service);
  const unsaid = lost.map(({ text, why }) => `${text}: ${why}`).join('; ');
  return succeed(unsaid === '' ? draft : { ...draft, unsaid });
}

function draftFromRule(name: string, service: RulesService): Result<RuleDraft> {
  const targets = service.targets().filter((target) => ruleNamed(target, name) !== undefined);
  const forms = targets.flatMap((target) => ruleNamed(target, name) ?? []);
  if (forms.length === 0) return fail({ kind: 'not-found', message: `There is no rule ${name} any more.` });
  const analyzers = targets.map(({ analyzer }) => analyzer);
  return succeed({ ...newDraft(distinctForms(forms), analyzers, service), editing: name, name });
}

/** A rule that is the same everywhere is one form; those that many analyzers have come first. */
function distinctForms(forms: readonly ArchiveRule[]): readonly RuleSource[] {
  const regions = new Map<string, string[]>();
  const filters = new Map<string, Criteria>();
  for (const { filter, region } of forms) {
    const key = canonicalCriteria(filter);
    filters.set(key, filter);
    regions.set(key, [...(regions.get(key) ?? []), region]);
  }
  return [...filters]
    .map(([key, criteria]) => ({ criteria, in: regions.get(key) ?? [] }))
    .sort((a, b) => b.in.length - a.in.length)
    .map(({ criteria, in: [first = '', ...others] }) => ({
      label: `as in ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`,
      criteria,
    }));
}

/** For these analyzers to begin with: of those of one kind, the ones that take rules. */
function newDraft(
  sources: readonly RuleSource[],
  analyzers: readonly Analyzer[],
  service: RulesService,
): RuleDraft {
  const places = placesOf(analyzers, service);
  const wanted = new Set(analyzers.map(({ arn }) => arn));
  const chosen = places.filter(({ analyzer }) => wanted.has(analyzer.arn) && analyzer.status === 'ACTIVE');
  return {
    editing: undefined,
    name: proposeRuleName(
      sources[0]?.criteria ?? {},
      service.rules.map(({ ruleName }) => ruleName),
    ),
    sources,
    places,
    chosen: chosen.map(({ analyzer }) => analyzer.arn),
    unsaid: undefined,
  };
}

/** Every analyzer once, seen through the profile that is asked for; those of its kind first, then by Region and name. */
function placesOf(wanted: readonly Analyzer[], service: RulesService): readonly RulePlace[] {
  const byArn = new Map<string, Analyzer>();
  for (const analyzer of [...wanted, ...service.analyzers])
    if (!byArn.has(analyzer.arn)) byArn.set(analyzer.arn, analyzer);
  const kind = wanted[0] === undefined ? undefined : kindOf(wanted[0]);
  const rank = (analyzer: Analyzer): number => Number(kindOf(analyzer) !== kind);
  return [...byArn.values()]
    .sort((a, b) => rank(a) - rank(b) || a.region.localeCompare(b.region) || a.name.localeCompare(b.name))
    .map((analyzer) => ({
      analyzer,
      rules: service.rules.flatMap(({ profile, analyzerArn, ruleName }) =>
        profile === analyzer.profile && analyzerArn === analyzer.arn ? [ruleName] : [],
      ),
    }));
}

const RELATION_WORDS = { same: 'the same as', covers: 'wider than', covered: 'covered by' } as const;

/** What can be said of it without looking at findings. */
function judgeRule(
  { criteria, analyzers, editing }: TrialRequest,
  service: RulesService,
): Omit<RuleTrial, keyof DryRunCounts> {
  const regions = new Map<string, Set<string>>();
  for (const { analyzerArn, ruleName, region, filter } of service.rules) {
    if (ruleName === editing || !analyzers.some(({ arn }) => arn === analyzerArn)) continue;
    const relation = relate(criteria, filter);
    if (relation === 'disjoint' || relation === 'may-overlap') continue;
    const text = `${RELATION_WORDS[relation]} ${ruleName}`;
    regions.set(text, (regions.get(text) ?? new Set()).add(region));
  }
  return {
    overlaps: [...regions].map(([text, of]) =>
      of.size === 1 ? `${text} in ${[...of].join('')}` : `${text} in ${of.size} Regions`,
    ),
    canHidePublic: analyzers.some((each) => canHidePublic(criteria, kindOf(each))),
    unknownKeys: unknownKeys(criteria).map(({ key }) => key),
  };
}

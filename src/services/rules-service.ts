import type { Analyzer } from '../domain/analyzer.ts';
import type { ArchiveRule, Criteria } from '../domain/archive-rule.ts';
import type { Expr } from '../domain/filter/ast.ts';
import { DEFAULT_SORT, type StoredFinding } from '../domain/listing.ts';
import { type AuditNote, auditRules } from '../domain/rules/audit.ts';
import { covers } from '../domain/rules/criteria-algebra.ts';
import { createRulesDocument } from '../domain/rules/create-document.ts';
import type { RuleFacts } from '../domain/rules/rule-facts.ts';
import type { RulesDocument } from '../domain/rules/rules-document.ts';
import type { Suggestion } from '../domain/rules/suggest.ts';
import type { RuleTarget } from '../triage/rules/rule-target.ts';
import { filterContext, type Runtime, type Store } from './runtime.ts';

/** Archive rules over every Region of the store, as console and commands look at them. Plans are made by triage/rules. */
export interface RulesService {
  /** Analyzers of the store, of the profiles and Regions that were asked for. */
  readonly analyzers: readonly Analyzer[];
  /** Their rules. */
  readonly rules: readonly ArchiveRule[];
  /** The same analyzers with rules and findings, for planning. */
  targets(analyzers?: readonly Analyzer[]): readonly RuleTarget[];
  /** What each rule does now. */
  facts(): readonly RuleFacts[];
  audit(): readonly AuditNote[];
  document(analyzers?: readonly Analyzer[]): RulesDocument;
  /** From what was archived by hand again and again, but for what was dismissed. */
  suggestions(): readonly Suggestion[];
  /** Those that were not dismissed. */
  stillOffered(suggestions: readonly Suggestion[]): readonly Suggestion[];
  /** Never suggests it again, nor what is wider or narrower: it grows with each finding that is archived. */
  dismiss(suggestion: Suggestion): void;
}

export function createRulesService(runtime: Runtime, store: Store): RulesService {
  const analyzers = store.summary().analyzers.filter((analyzer) => isAskedFor(analyzer, runtime));
  const rules = store.archiveRules().filter((rule) => analyzers.some((analyzer) => isOf(rule, analyzer)));
  const findingsOf = (analyzer: Analyzer) => findingsOfAnalyzer(runtime, store, analyzer);
  const facts = (): readonly RuleFacts[] => store.ruleFacts(rules);
  const stillOffered = (suggestions: readonly Suggestion[]): readonly Suggestion[] => {
    const dismissed = dismissedIn(store);
    return suggestions.filter(({ criteria }) => !dismissed.some((other) => isAlike(criteria, other)));
  };
  return {
    analyzers,
    rules,
    targets: (some = analyzers) =>
      some.map((analyzer) => ({
        analyzer,
        rules: rules.filter((rule) => isOf(rule, analyzer)),
        findings: () => findingsOf(analyzer),
      })),
    facts,
    audit: () => auditRules(analyzers, facts()),
    document: (some = analyzers) => createRulesDocument(some, rules, runtime.now()),
    suggestions: () => stillOffered(store.suggestions(rules)),
    stillOffered,
    dismiss: ({ criteria }) => store.setState(DISMISSED, [...dismissedIn(store), criteria]),
  };
}

/** Name of the store's state that holds the criteria of dismissed suggestions. */
const DISMISSED = 'dismissed rules';

const dismissedIn = (store: Store): readonly Criteria[] =>
  (store.state(DISMISSED) as readonly Criteria[] | undefined) ?? [];

const isAlike = (a: Criteria, b: Criteria): boolean => covers(a, b) || covers(b, a);

const isAskedFor = ({ profile, region }: Analyzer, { profiles, regions }: Runtime): boolean =>
  (profiles.length === 0 || profiles.includes(profile)) && (regions.length === 0 || regions.includes(region));

const isOf = ({ profile, analyzerArn }: ArchiveRule, analyzer: Analyzer): boolean =>
  profile === analyzer.profile && analyzerArn === analyzer.arn;

const SPAN = { start: 0, end: 0 };

/** What AWS still lists of one analyzer, in the order of the disk. */
function* findingsOfAnalyzer(
  runtime: Runtime,
  store: Store,
  { profile, arn }: Analyzer,
): Generator<StoredFinding> {
  const filter: Expr = {
    kind: 'and',
    items: [
      { kind: 'match', key: 'profile', values: [{ parts: [profile] }], span: SPAN },
      { kind: 'match', key: 'analyzer', values: [{ parts: [arn] }], span: SPAN },
    ],
    span: SPAN,
  };
  const query = { filter, sort: DEFAULT_SORT, context: filterContext(runtime, store) };
  for (const finding of store.findingsOf(query, { order: 'store' })) {
    // Filters do not mind the case of letters; names of analyzers do.
    if (finding.profile === profile && finding.analyzerArn === arn) yield finding;
  }
}

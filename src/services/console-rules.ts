import type { RulesExport, RuleServices } from '../app/rules/rule-effects.ts';
import type { RulesOverview } from '../app/rules/rules-state.ts';
import type { ArchiveRule } from '../domain/archive-rule.ts';
import { ProblemError, type Result, succeed } from '../domain/problem.ts';
import { auditRules } from '../domain/rules/audit.ts';
import { canonicalCriteria } from '../domain/rules/criteria-algebra.ts';
import type { RuleFacts } from '../domain/rules/rule-facts.ts';
import type { RulesDocument } from '../domain/rules/rules-document.ts';
import type { RuleReads } from './console-queries.ts';
import { attemptRule, refsOf } from './console-rule-editor.ts';
import type { ReadingThread } from './reading-thread.ts';
import { completePath, rulesPath, writeRules } from './rules-file.ts';
import { createRulesService, type RulesService } from './rules-service.ts';
import type { Runtime } from './runtime.ts';

/** Values of a criterion that are offered: a person who wants another one types on. */
const VALUES_SHOWN = 40;

/** Archive rules as the console asks for them. */
export function createConsoleRules(
  runtime: Runtime,
  queries: RuleReads,
  thread: ReadingThread,
): RuleServices {
  const open = (): RulesService => {
    const store = runtime.store();
    if (!store.ok) throw new ProblemError(store.problem);
    return createRulesService(runtime, store.value);
  };
  return {
    listed: async () => {
      const { analyzers, rules } = open();
      return { analyzers, rules: rules.toSorted(byNameAndRegion) };
    },
    overview: (signal) => loadOverview(open(), queries, signal),
    draft: (request) => thread.draftRule(request),
    attempt: async (request) => attemptRule(request, queries, open()),
    found: (request, offset, limit) =>
      queries.ruleWindow(request.criteria, { analyzers: refsOf(request), offset, limit }),
    criteriaValues: ({ analyzers, ...question }) =>
      queries.criteriaValues({ ...question, analyzers: refsOf({ analyzers }), limit: VALUES_SHOWN }),
    plan: (request) => thread.planRule(request),
    dismiss: async (suggestion) => open().dismiss(suggestion),
    exportRules: (what) => exportRules(what, open(), runtime),
    completePath: (text) => completePath(text, runtime.paths.exports),
  };
}

const byNameAndRegion = (a: ArchiveRule, b: ArchiveRule): number =>
  a.ruleName.localeCompare(b.ruleName) || a.region.localeCompare(b.region);

async function loadOverview(
  service: RulesService,
  queries: RuleReads,
  signal: AbortSignal,
): Promise<RulesOverview> {
  const { analyzers, rules } = service;
  const facts = await countRules(rules, queries, signal);
  const [suggestion] = service.stillOffered(await queries.suggestions(rules, signal));
  return { facts, notes: auditRules(analyzers, facts), analyzers, suggestion };
}

/** Those that say the same at a time, so that what else is asked of the store never waits for all of them. */
async function countRules(
  rules: readonly ArchiveRule[],
  queries: RuleReads,
  signal: AbortSignal,
): Promise<readonly RuleFacts[]> {
  await queries.readAhead(signal);
  const facts: RuleFacts[] = [];
  for (const alike of Map.groupBy(rules, ({ filter }) => canonicalCriteria(filter)).values())
    facts.push(...(await queries.ruleFacts(alike, signal)));
  return facts.sort((a, b) => byNameAndRegion(a.rule, b.rule));
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

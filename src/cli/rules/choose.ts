import { type Analyzer, analyzerKind } from '../../domain/analyzer.ts';
import type { Criteria } from '../../domain/archive-rule.ts';
import { withoutIdleType } from '../../domain/criteria.ts';
import { fail, type Problem, type Result, succeed } from '../../domain/problem.ts';
import { guardPublic, toRuleCriteria } from '../../domain/rules/rule-filter.ts';
import { parseCriteria } from '../../domain/rules/rules-document.ts';
import { selectAnalyzers } from '../../services/rule-analyzers.ts';
import type { RuleTarget } from '../../triage/rules/rule-target.ts';
import { ruleNamed } from '../../triage/rules/rule-target.ts';
import { parseFilterWords } from '../query.ts';
import type { RulesInput } from './rules-command.ts';

/** The analyzers that --analyzer names. */
export const chooseAnalyzers = ({ service, options }: RulesInput): Result<readonly Analyzer[]> =>
  selectAnalyzers(service.analyzers, options.texts('analyzer'));

/** Those that --analyzer names, else all that have a rule of the name. */
export function chooseHaving(input: RulesInput, ruleName: string): Result<readonly RuleTarget[]> {
  const { service, options } = input;
  if (options.texts('analyzer').length === 0) {
    const having = service.targets().filter((target) => ruleNamed(target, ruleName) !== undefined);
    // Two profiles may see one analyzer: its rule is changed once.
    return succeed([...new Map(having.map((target) => [target.analyzer.arn, target])).values()]);
  }
  const analyzers = chooseAnalyzers(input);
  return analyzers.ok ? succeed(service.targets(analyzers.value)) : analyzers;
}

/** The criteria of --filter or --criteria, with `isPublic = false` for external access unless --allow-public. */
export function chooseCriteria({ options }: RulesInput, analyzers: readonly Analyzer[]): Result<Criteria> {
  const written = writtenCriteria(options);
  if (!written.ok) return written;
  const kinds = new Set(analyzers.map(({ type }) => analyzerKind(type)));
  const [kind] = kinds;
  const criteria =
    kind === undefined || kinds.size > 1 ? written.value : withoutIdleType(written.value, kind);
  if (options.flag('allow-public')) return succeed(criteria);
  if (kinds.size > 1 && kinds.has('external')) return fail(mixedKinds);
  return guardPublic(criteria, kinds);
}

function writtenCriteria(options: RulesInput['options']): Result<Criteria> {
  const filter = options.text('filter');
  const json = options.text('criteria');
  if ((filter === undefined) === (json === undefined)) return fail(oneOfBoth);
  if (json !== undefined) return parseCriteria(json);
  const parsed = parseFilterWords([filter ?? '']);
  return parsed.ok ? toRuleCriteria(parsed.value, { wider: options.flag('wider') }) : parsed;
}

const oneOfBoth: Problem = {
  kind: 'usage',
  message: 'A rule is written with --filter FILTER or with --criteria JSON, one of both.',
};

const mixedKinds: Problem = {
  kind: 'usage',
  message:
    'External and other analyzers cannot share a rule: its isPublic = false never holds for the others.',
  hint: 'Make one for each kind: --analyzer external, then --analyzer unused.',
};

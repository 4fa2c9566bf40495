import { fail, type Problem, type Result, succeed } from '../../domain/problem.ts';
import { cleanText } from '../../domain/text.ts';
import { createAnalyzersService, type KnownAnalyzer } from '../../services/analyzers-service.ts';
import { ANALYZER_GROUPS, selectAnalyzers } from '../../services/rule-analyzers.ts';
import type { AnalyzerTruth } from '../../triage/analyzers/live-analyzer.ts';
import { guardReadOnly } from '../../triage/read-only.ts';
import { runPlanCommand } from '../plan-command.ts';
import type { AnalyzersCommand, AnalyzersInput } from './analyzers-command.ts';

/**
 * `analyzers delete ANALYZER`: with its findings and its archive rules, for good. Its rules are exported first, unless
 * --no-export says that they may go.
 */
export const deleteAnalyzer: AnalyzersCommand = async (input) => {
  const { options, positionals, runtime, store, signal } = input;
  if (options.flag('no-export') && options.text('export') !== undefined) return eitherOr;
  const analyzer = chooseOne(positionals[0] ?? '', store.summary().analyzers);
  if (!analyzer.ok) return analyzer.problem;
  const title = `Delete the analyzer ${analyzer.value.name} in ${analyzer.value.region}`;
  const allowed = options.flag('dry-run') ? undefined : guardReadOnly(runtime.readOnly, title);
  if (allowed?.ok === false) return allowed.problem;
  const service = createAnalyzersService(runtime, store);
  const truth = await service.look(analyzer.value, signal);
  if (!truth.ok) return truth.problem;
  const path = choosePath(input, truth.value, service.exportPath(truth.value));
  if (!path.ok) return path.problem;
  const file = path.value;
  const reason = options.text('reason');
  const plan = service.planDelete(truth.value, {
    ...(file === undefined ? {} : { exportedTo: file }),
    ...(reason === undefined ? {} : { reason }),
  });
  const save = file === undefined ? {} : { before: () => service.exportRules(truth.value, file) };
  return runPlanCommand(input, plan, { json: {}, text: '', ...save });
};

/** One analyzer, by ARN, REGION/NAME or a name that no other one has. */
function chooseOne(word: string, known: readonly KnownAnalyzer[]): Result<KnownAnalyzer> {
  if (ANALYZER_GROUPS.some((group) => group === word)) return fail(oneAtATime(word));
  const meant = selectAnalyzers(known, [word]);
  if (!meant.ok) return meant;
  const [first, ...others] = known.filter(({ arn }) => meant.value.some((each) => each.arn === arn));
  // Two profiles may see one analyzer: it is deleted with the first of them.
  const isOne = others.every(({ arn }) => arn === first?.arn);
  return first !== undefined && isOne ? succeed(first) : fail(oneAtATime(word));
}

const oneAtATime = (word: string): Problem => ({
  kind: 'usage',
  message: `"${cleanText(word)}" means several analyzers; they are deleted one at a time.`,
  hint: 'Name one by its ARN or as REGION/NAME: iam-triage analyzers list',
});

/** Where its rules go first; undefined: nowhere. A person sees the file in the plan, a script has to name one. */
function choosePath(
  { options, io }: AnalyzersInput,
  { analyzer, rules }: AnalyzerTruth,
  proposed: string,
): Result<string | undefined> {
  const named = options.text('export');
  if (named !== undefined) return succeed(named);
  if (options.flag('no-export') || rules.length === 0) return succeed(undefined);
  if (options.flag('dry-run') || (io.interactive && !options.flag('yes'))) return succeed(proposed);
  const has = `${analyzer.name} has ${rules.length} archive ${rules.length === 1 ? 'rule' : 'rules'}`;
  const message = `${has} that would go with it; nothing was sent.`;
  return fail({ kind: 'usage', message, hint: 'Save them with --export FILE, or add --no-export.' });
}

const eitherOr: Problem = {
  kind: 'usage',
  message: 'Its archive rules are either saved or let go: --export FILE or --no-export.',
};

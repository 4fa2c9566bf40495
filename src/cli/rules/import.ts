import type { Problem } from '../../domain/problem.ts';
import { readRules } from '../../services/rules-file.ts';
import { planImport } from '../../triage/rules/plan-import.ts';
import { runPlanCommand } from '../plan-command.ts';
import type { RulesCommand } from './rules-command.ts';

/** `rules import FILE`: brings the rules of a file to their analyzers; twice is as good as once. */
export const importRules: RulesCommand = async (input) => {
  const { options, positionals, service } = input;
  if (options.flag('replace') && options.flag('skip')) return eitherOr;
  const read = await readRules(positionals[0] ?? '');
  if (!read.ok) return read.problem;
  const planned = planImport({
    document: read.value,
    targets: service.targets(),
    apply: options.flag('apply'),
    onTaken: options.flag('replace') ? 'replace' : options.flag('skip') ? 'skip' : 'refuse',
    partial: options.flag('partial'),
  });
  if (!planned.ok) return withHint(planned.problem);
  const { plan, refused } = planned.value;
  const ended = await runPlanCommand(input, plan);
  return ended === 0 && refused > 0 ? 3 : ended;
};

const withHint = (problem: Problem): Problem => ({
  ...problem,
  hint:
    problem.kind === 'conflict'
      ? 'Nothing was sent. Take the file’s filter with --replace, or keep what is there with --skip.'
      : 'Nothing was sent. Leave such rules out and take the rest with --partial.',
});

const eitherOr: Problem = {
  kind: 'usage',
  message: 'A rule that is there already is either replaced or skipped: --replace or --skip.',
};

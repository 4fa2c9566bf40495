import { readFile } from 'node:fs/promises';
import { fail, type Problem, type Result } from '../../domain/problem.ts';
import { checkRuleCriteria, checkRuleName } from '../../domain/rules/limits.ts';
import {
  type DocumentRule,
  parseRulesDocument,
  type RulesDocument,
} from '../../domain/rules/rules-document.ts';
import { cleanText } from '../../domain/text.ts';
import { planImport } from '../../triage/rules/plan-import.ts';
import { runPlanCommand } from '../plan-command.ts';
import type { RulesCommand } from './rules-command.ts';

/** `rules import FILE`: brings the rules of a file to their analyzers; twice is as good as once. */
export const importRules: RulesCommand = async (input) => {
  const { options, positionals, service } = input;
  if (options.flag('replace') && options.flag('skip')) return eitherOr;
  const read = await readDocument(positionals[0] ?? '');
  if (!read.ok) return read.problem;
  const { document, leftOut } = options.flag('partial') ? leaveOutWrong(read.value) : whole(read.value);
  const plan = planImport({
    document,
    targets: service.targets(),
    apply: options.flag('apply'),
    onTaken: options.flag('replace') ? 'replace' : options.flag('skip') ? 'skip' : 'refuse',
  });
  if (!plan.ok) return withHint(plan.problem);
  const notes = [...(plan.value.notes ?? []), ...leftOut];
  const ended = await runPlanCommand(input, { ...plan.value, ...(notes.length === 0 ? {} : { notes }) });
  return ended === 0 && leftOut.length > 0 ? 3 : ended;
};

async function readDocument(path: string): Promise<Result<RulesDocument>> {
  try {
    return parseRulesDocument(await readFile(path, 'utf8'));
  } catch (error) {
    const { message } = error as NodeJS.ErrnoException;
    return fail({
      kind: 'file',
      message: `The file ${cleanText(path)} could not be read: ${cleanText(message)}.`,
    });
  }
}

interface Part {
  readonly document: RulesDocument;
  readonly leftOut: readonly string[];
}

const whole = (document: RulesDocument): Part => ({ document, leftOut: [] });

function leaveOutWrong(document: RulesDocument): Part {
  const leftOut: string[] = [];
  const isRight = ({ name, filter }: DocumentRule): boolean => {
    const wrong = checkRuleName(name) ?? checkRuleCriteria(filter);
    if (wrong !== undefined) leftOut.push(`Left out: the rule ${name}. ${wrong.message}`);
    return wrong === undefined;
  };
  const analyzers = document.analyzers.map((each) => ({ ...each, rules: each.rules.filter(isRight) }));
  return { document: { ...document, analyzers }, leftOut };
}

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

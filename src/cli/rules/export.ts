import { nearest } from '../../domain/nearest.ts';
import type { Problem } from '../../domain/problem.ts';
import { cleanText } from '../../domain/text.ts';
import { formatRules, RULE_FORMATS } from '../../domain/rules/rules-format.ts';
import { print } from '../print.ts';
import { chooseAnalyzers } from './choose.ts';
import type { RulesCommand } from './rules-command.ts';

/** `rules export`: the rules on stdout, as `rules import` reads them, or as a template. */
export const exportRules: RulesCommand = async (input) => {
  const { io, options, service } = input;
  const name = options.text('format') ?? 'json';
  const format = RULE_FORMATS.find((each) => each === name);
  if (format === undefined) return noSuchFormat(name);
  const all = options.texts('analyzer').length === 0;
  const analyzers = all ? undefined : chooseAnalyzers(input);
  if (analyzers?.ok === false) return analyzers.problem;
  await print(io.out, formatRules(service.document(analyzers?.value), format));
  return 0;
};

function noSuchFormat(name: string): Problem {
  const near = nearest(name, RULE_FORMATS);
  return {
    kind: 'usage',
    message: `There is no format "${cleanText(name)}"${near === undefined ? '.' : `; did you mean "${near}"?`}`,
    hint: `Formats: ${RULE_FORMATS.join(', ')}.`,
  };
}
